-- When permitted records happened, by the local clock: of feeds that may tell hours, and where the minute is known.
SELECT r.number AS timed, t.occurred_from, t.occurred_to
FROM {record} AS t JOIN ({permitted_record}) AS r ON r.number = t.number
WHERE t.time_precision = 0
