-- One row for each wording, feed and role in current records, and how much the map would change were it placed.
-- Everything it is weighed against is the same agency's: another's records never move the order of the tray.
CREATE TEMP TABLE agency_year AS
SELECT agency, max(occurred_from)::DATE - INTERVAL 12 MONTH AS since FROM record
WHERE known_to = TIMESTAMP '9999-12-31 00:00:00' GROUP BY agency;

CREATE TEMP TABLE wording_use AS
SELECT e.wording AS digest, r.agency, r.feed, e.role, count(DISTINCT r.number) AS records,
       count(DISTINCT r.number) FILTER (r.occurred_from > y.since) AS recent,
       min(r.occurred_from)::DATE AS first_day, max(r.occurred_from)::DATE AS last_day
FROM entry AS e JOIN record AS r ON r.number = e.number JOIN agency_year AS y ON y.agency = r.agency
WHERE e.wording IS NOT NULL AND r.known_to = TIMESTAMP '9999-12-31 00:00:00'
GROUP BY ALL;

CREATE TEMP TABLE cell_year AS
SELECT c.agency, c.cell_9, count(*) AS records
FROM counted AS c JOIN agency_year AS y ON y.agency = c.agency
WHERE c.cell_9 >= 0 AND c.known_to = TIMESTAMP '9999-12-31 00:00:00' AND DATE '1970-01-01' + c.day > y.since
GROUP BY ALL;

CREATE TEMP TABLE wording_change AS
SELECT a.agency, p.wording AS digest,
       sum(s.share * CASE WHEN s.cell_9 >= 0 THEN 1 / (coalesce(c.records, 0) + 1)
                          WHEN w.outside THEN 0 ELSE 1 / (coalesce(m.usual, 0) + 1) END) AS each_one
FROM place AS p
JOIN spot AS s ON s.place = p.place
JOIN wording_told AS w ON w.digest = p.wording
JOIN (SELECT DISTINCT digest, agency FROM wording_use) AS a ON a.digest = p.wording
LEFT JOIN cell_year AS c ON c.agency = a.agency AND c.cell_9 = s.cell_9
LEFT JOIN (SELECT agency, avg(records) AS usual FROM cell_year GROUP BY agency) AS m ON m.agency = a.agency
GROUP BY a.agency, p.wording;

INSERT INTO wording
SELECT u.digest, u.agency, u.feed, u.role, u.records, u.recent, u.first_day, u.last_day,
       coalesce(w.sure, false), coalesce(w.decided, false), u.recent * coalesce(c.each_one, 1)
FROM wording_use AS u
LEFT JOIN wording_told AS w ON w.digest = u.digest
LEFT JOIN wording_change AS c ON c.digest = u.digest AND c.agency = u.agency
ORDER BY u.agency, u.feed, u.digest, u.role;

INSERT INTO said
SELECT DISTINCT e.number, e.wording
FROM entry AS e JOIN foremost AS f ON f.number = e.number AND f.claim_no = e.claim_no
WHERE e.wording IS NOT NULL
ORDER BY e.number, e.wording;
