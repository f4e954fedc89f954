"""`trigpoint plan`: plans of evaluations, opened, locked before the work is judged, amended in the open, reported."""

import argparse

from trigpoint.changes.evaluations import Plan, amend_plan, list_plans, lock_plan, open_plan, report_plan
from trigpoint.cli import DONE
from trigpoint.cli.commands import now, owner


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


def _line(plan: Plan) -> str:
    terms = plan.terms
    beside = f"  post hoc to {plan.amends}: {plan.changed}" if plan.amends else ""
    return (
        f"{plan.number:<5} {plan.state:<9} {terms.start}  {terms.level:<8} {','.join(terms.places)}{beside}"
    )


def _show(number: int, by: str) -> None:
    for plan in list_plans(by=by):
        if plan.number == number:
            print(_line(plan))
            _show_promises(plan)
            return
    print(f"There is no plan {number}.")


def _show_promises(plan: Plan) -> None:
    terms = plan.terms
    print(
        f"  {terms.months} months either side, {terms.radius_m} m and {terms.buffer_m} m beyond, {terms.outcome}"
    )
    if plan.locked_at and plan.smallest_fall is not None and plan.expected is not None:
        print(f"  Locked on {plan.locked_at:%Y-%m-%d} from publication {plan.publication}.")
        print(f"  A fall of {plan.smallest_fall:.0f} or more out of {plan.expected:.0f} can be seen.")
        print(f"  Comparable places: {', '.join(plan.controls)} ({plan.balance})")
