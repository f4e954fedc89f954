-- Permitted totals that touch the period asked, added up where they differ in nothing that is told.
SELECT feed, category, district, lies AS ward, starts, ends, MAX(rounded_to) AS rounded_to, COUNT(*) AS cells,
       COUNT(counted) AS told, CAST(SUM(CASE WHEN suppressed THEN 1 ELSE 0 END) AS BIGINT) AS withheld,
       CAST(COALESCE(SUM(counted), 0) AS BIGINT) AS counted
FROM (
    SELECT feed, category, district, {ward} AS lies, starts, ends, rounded_to, counted, suppressed
    FROM permitted_total
    WHERE {filter}
) AS chosen
GROUP BY feed, category, district, lies, starts, ends
ORDER BY feed, category, starts, ends, district, lies
