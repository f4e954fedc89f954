-- A link that somebody said is one: between pieces of two feeds that were known at one time.
DELETE FROM link WHERE "first" = $one AND "second" = $two;

INSERT INTO link
SELECT $one, $two, a.feed, b.feed, 1, $reason
FROM record AS a JOIN record AS b ON b.number = $two
WHERE a.number = $one AND a.feed <> b.feed AND a.known_from < b.known_to AND b.known_from < a.known_to;
