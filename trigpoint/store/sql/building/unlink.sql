-- A link that somebody said is none: between one piece of a record and any piece of another.
DELETE FROM link
WHERE ("first" = $one AND "second" IN (SELECT number FROM record WHERE delivery = $delivery AND "row" = $row))
   OR ("second" = $one AND "first" IN (SELECT number FROM record WHERE delivery = $delivery AND "row" = $row))
