"""`trigpoint plan`: plans of evaluations, opened, locked before the work is judged, amended in the open, reported."""

import argparse

from trigpoint.changes.evaluations import amend_plan, list_plans, lock_plan, open_plan, report_plan
from trigpoint.cli import DONE
from trigpoint.cli.commands import now, owner
from trigpoint.db.models import EvaluationPlan


def manage_plans(told: argparse.Namespace) -> int:
    by = owner(told)
    if told.action == "open":
        _say("opened as a draft", open_plan(words=_words(told), by=by, at=now()))
    elif told.action == "amend":
        number = amend_plan(number=told.number, words=_words(told), by=by, at=now())
        _say("amended" if number == told.number else f"is the post hoc one beside plan {told.number}", number)
    elif told.action == "lock":
        _say("locked", lock_plan(number=told.number, by=by, at=now()))
        _show(told.number, by)
    elif told.action == "report":
        _say("reported", report_plan(number=told.number, by=by, at=now()))
    elif told.action == "show":
        _show(told.number, by)
    else:
        for plan in list_plans(by=by):
            print(_line(plan))
    return DONE


def _words(told: argparse.Namespace) -> dict[str, list[str]]:
    return {
        name.removeprefix("filter_"): values
        for name, values in vars(told).items()
        if name.startswith("filter_") and values
    }


def _say(what: str, number: int) -> None:
    print(f"Plan {number} {what}.")


def _line(plan: EvaluationPlan) -> str:
    beside = f"  post hoc to {plan.amends_id}: {plan.changed}" if plan.amends_id else ""
    return f"{plan.pk:<5} {plan.state:<9} {plan.start}  {plan.level:<8} {plan.places}{beside}"


def _show(number: int, by: str) -> None:
    for plan in list_plans(by=by):
        if plan.pk == number:
            print(_line(plan))
            print(
                f"  {plan.months} months either side, {plan.radius_m} m and {plan.buffer_m} m beyond, {plan.outcome}"
            )
            if plan.locked_at and plan.smallest_fall is not None and plan.expected is not None:
                print(f"  Locked on {plan.locked_at:%Y-%m-%d} from publication {plan.publication}.")
                print(f"  A fall of {plan.smallest_fall:.0f} or more out of {plan.expected:.0f} can be seen.")
                print(f"  Comparable places: {plan.controls} ({plan.balance})")
            return
    print(f"There is no plan {number}.")
