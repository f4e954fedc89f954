-- Permitted wordings whose place is not sure, by what each feed says with them.
SELECT digest, agency, feed, sum(records) AS records, sum(recent) AS recent, min(first_day) AS first_day,
       max(last_day) AS last_day, sum(change) AS change
FROM permitted_wording
WHERE NOT sure AND NOT decided
GROUP BY digest, agency, feed
ORDER BY agency, digest, feed
