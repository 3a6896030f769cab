"""The way of a hookup project: its steps, in order, as data.

A step is a milestone that a project has reached. Everything else said of a step is
about the way *to* it: the phase that way belongs to, the unit level that goes it
(R4, R6, R9) and who holds the project meanwhile. A project that stands at one step
therefore has the phase, level and worker of the next one.
"""

from typing import NamedTuple


class Step(NamedTuple):
    """``level``: of the posts that act, empty: whoever may write the project;
    ``worker``: who holds the time."""

    code: str
    name: str
    phase: str
    level: str = "csd"
    worker: str = "company"
    needs: str = ""
    """Phase that the service type must ask for; empty: every project goes here."""


PHASES = [
    ("intake", "Intake"),
    ("survey", "Survey"),
    ("plan", "Water-Supply Plan"),
    ("design", "Design"),
    ("review", "Drawing Review"),
    ("construction", "Construction"),
    ("acceptance", "Acceptance of Works"),
    ("connection", "Water-On"),
    ("account", "Account Opening"),
    ("visit", "Return Visit"),
    ("closed", "Ended"),
]
#: phases that a service type may leave out
OPTIONAL = frozenset({"design", "review", "construction"})

STEPS = (
    Step("accepted", "Accepted", "intake", level=""),
    Step("handed_over", "Handed Over", "intake", level=""),
    Step("survey_planned", "Survey Planned", "survey"),
    Step("surveyed", "Surveyed, to Sign", "survey"),
    Step("survey_signed", "Survey Signed", "survey"),
    Step("plan_submitted", "Plan in Approval", "plan"),
    Step("plan_approved", "Plan Approved", "plan"),
    Step("plan_delivered", "Plan Handed to Customer", "plan"),
    Step(
        "design_finished", "Design Finished", "design", worker="design", needs="design"
    ),
    Step("review_passed", "Drawings Passed", "review", needs="review"),
    Step(
        "construction_filed",
        "Construction Filed",
        "construction",
        level="emd",
        needs="construction",
    ),
    Step(
        "nodes_passed",
        "Nodes Inspected",
        "construction",
        level="emd",
        worker="construction",
        needs="construction",
    ),
    Step(
        "items_accepted",
        "Sub-Items Accepted",
        "acceptance",
        level="emd",
        needs="construction",
    ),
    Step("meters_accepted", "Meters Accepted", "acceptance", level="emd"),
    Step("water_on", "Water On", "connection", level="emd"),
    Step("account_opened", "Account Opened", "account"),
    Step("visited", "Visited", "visit"),
    Step("closed", "Closed", "visit"),
)
#: how a project ends before it is closed
ENDS = (("withdrawn", "Withdrawn"), ("refused", "Refused"))
#: a project that stands here has ended
ENDED = frozenset({"closed", "withdrawn", "refused"})

BY_CODE = {step.code: step for step in STEPS}
ORDER = {step.code: number for number, step in enumerate(STEPS)}
SELECTION = [(step.code, step.name) for step in STEPS] + list(ENDS)


def route(asked) -> tuple[str, ...]:
    """Codes of the steps of a project, in order.

    :param asked: the phases that its service type has steps in; only the optional
        ones matter
    """
    return tuple(step.code for step in STEPS if not step.needs or step.needs in asked)


def next_step(code: str, asked) -> Step | None:
    """The step that follows ``code`` on the route, None when the project has ended."""
    if code in ENDED:
        return None
    return next(BY_CODE[later] for later in route(asked) if ORDER[later] > ORDER[code])


def previous_steps(code: str, asked) -> tuple[str, ...]:
    """Codes of the steps of the route before ``code``, first one first."""
    if code not in ORDER:  # an end off the way
        return ()
    return tuple(step for step in route(asked) if ORDER[step] < ORDER[code])
