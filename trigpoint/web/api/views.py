"""Saved views: the reader's own and those others share. Each holds a question; whoever opens one asks it as themselves."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError

from trigpoint.changes.saved_views import (
    NoSuchView,
    View,
    ViewRefused,
    delete_view,
    list_views,
    rename_view,
    save_view,
    share_view,
)
from trigpoint.web.viewer import viewer_of

Json = dict[str, object]
router = Router()


class NewView(Schema):
    name: str
    query: str
    shared: bool = False


class NewName(Schema):
    name: str


class Sharing(Schema):
    shared: bool


@router.get("/views")
def views(request: HttpRequest) -> list[Json]:
    return [_json(one) for one in list_views(by=viewer_of(request).user)]


@router.post("/views")
def save(request: HttpRequest, told: NewView) -> Json:
    try:
        number = save_view(
            name=told.name,
            query=told.query,
            shared=told.shared,
            by=viewer_of(request).user,
            at=timezone.now(),
        )
    except ViewRefused as refusal:
        raise HttpError(400, str(refusal)) from refusal
    return {"number": number}


@router.post("/views/{number}/name")
def rename(request: HttpRequest, number: int, told: NewName) -> Json:
    try:
        rename_view(number=number, name=told.name, by=viewer_of(request).user, at=timezone.now())
    except NoSuchView as absent:
        raise HttpError(404, str(absent)) from absent
    except ViewRefused as refusal:
        raise HttpError(400, str(refusal)) from refusal
    return {"number": number}


@router.post("/views/{number}/shared")
def share(request: HttpRequest, number: int, told: Sharing) -> Json:
    try:
        share_view(number=number, shared=told.shared, by=viewer_of(request).user, at=timezone.now())
    except NoSuchView as absent:
        raise HttpError(404, str(absent)) from absent
    return {"number": number}


@router.post("/views/{number}/delete")
def delete(request: HttpRequest, number: int) -> Json:
    try:
        delete_view(number=number, by=viewer_of(request).user, at=timezone.now())
    except NoSuchView as absent:
        raise HttpError(404, str(absent)) from absent
    return {"number": number}


def _json(view: View) -> Json:
    return {
        "number": view.number,
        "name": view.name,
        "url": reverse("saved_view", args=[view.number]),
        "shared": view.shared,
        "mine": view.mine,
        "owner": "" if view.mine else view.owner,
    }
