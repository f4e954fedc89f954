"""Addresses of the features. The standard writes them without a slash at the end; the service itself has both forms."""

from django.urls import path

from trigpoint.web.ogc import views

urlpatterns = [
    path("ogc", views.landing),
    path("ogc/", views.landing, name="ogc"),
    path("ogc/conformance", views.conformance, name="ogc_conformance"),
    path("ogc/api", views.api, name="ogc_api"),
    path("ogc/collections", views.collections, name="ogc_collections"),
    path("ogc/collections/<slug:collection>", views.collection, name="ogc_collection"),
    path("ogc/collections/<slug:collection>/schema", views.schema, name="ogc_schema"),
    path("ogc/collections/<slug:collection>/items", views.items, name="ogc_items"),
    path("ogc/collections/<slug:collection>/items/<str:feature_id>", views.item, name="ogc_item"),
]
