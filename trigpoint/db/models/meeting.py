from django.db import models

from trigpoint.db.models.publication import Publication


class Meeting(models.Model):
    """One sitting of the partnership: of a quadrant, or of the whole county where `quadrant` is empty.

    Freezing writes `frozen_at`, `publication` and `recipe` once; nothing of them changes afterwards.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        FROZEN = "frozen", "Frozen"
        HELD = "held", "Held"
        CLOSED = "closed", "Closed"

    quadrant = models.CharField(max_length=40, blank=True, help_text="a key of the home's quadrants")
    held_on = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLANNED)
    frozen_at = models.DateTimeField(null=True, blank=True)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, null=True, blank=True)
    recipe = models.JSONField(
        default=dict, help_text="agreements, methods, thresholds and program version of the freeze"
    )
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    version = models.PositiveIntegerField(default=1, help_text="goes up with every change")
    planned_by = models.CharField(max_length=150)
    planned_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    steps_done = models.JSONField(
        default=dict, help_text="steps of the timetable that were said to be done, and when"
    )

    class Meta:
        ordering = ("held_on", "id")

    def __str__(self) -> str:
        return f"meeting {self.pk} on {self.held_on}"


class AgendaItem(models.Model):
    """One line of an agenda. `item` says what the page shows there; `place` is for the places, one line each."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveIntegerField()
    item = models.CharField(max_length=40, help_text="a key of the agenda's definition")
    title = models.CharField(max_length=200)
    minutes = models.PositiveIntegerField(default=0, help_text="time given to it")
    place = models.ForeignKey("db.Place", on_delete=models.PROTECT, null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("meeting", "position", "id")


class Attendance(models.Model):
    """An agency at the table. Agencies and roles, never anybody's name."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    agency = models.CharField(max_length=40)
    present = models.BooleanField(null=True, default=None, help_text="null until somebody says")
    conflict = models.CharField(max_length=300, blank=True, help_text="an interest the agency has declared")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("meeting", "agency")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "agency"), name="one_line_a_meeting_and_agency"),
        )


class Minute(models.Model):
    """What the meeting said, by item and place. `version` 409s a second writer; earlier wordings lie in the audit."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="minutes_taken")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True)
    place = models.ForeignKey("db.Place", on_delete=models.PROTECT, null=True, blank=True)
    text = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("meeting", "at", "id")


class KeptAnswer(models.Model):
    """An answer as the meeting had it: rows, why and picture, kept as bytes with their digest.

    `permitted` is what its asker was permitted, as the gate writes it: nobody who is permitted less is shown it.
    `rests_on` are the deliveries it was made of. Where rows of one of these are withdrawn or erased, the answer is
    restated: the old bytes go for good, the old digest stays in the audit, and `restated_because` says why.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="answers")
    name = models.CharField(max_length=80, help_text="what the meeting calls it, such as hot-now")
    kind = models.CharField(max_length=40)
    query = models.TextField(help_text="the question's words, as a URL has them")
    permitted = models.TextField()
    asker = models.JSONField(
        default=dict, help_text="user, agency, role and purpose of whoever froze the meeting"
    )
    rests_on = models.JSONField(default=list, help_text="delivery numbers")
    content = models.BinaryField(help_text="the answer as JSON, compressed")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the JSON, in hexadecimal")
    picture = models.BinaryField(null=True, blank=True)
    kept_at = models.DateTimeField()
    restated_at = models.DateTimeField(null=True, blank=True)
    restated_because = models.CharField(max_length=300, blank=True)
    listed = models.JSONField(
        default=list,
        help_text="places that the list told of before it was restated: letter, name and ground, no figure",
    )
    set_aside_at = models.DateTimeField(
        null=True, blank=True, help_text="since when its bytes are gone and it is being made again"
    )
    set_aside_because = models.CharField(max_length=300, blank=True)
    set_aside_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ("meeting", "id")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "name"), name="one_answer_a_meeting_and_name"),
        )
