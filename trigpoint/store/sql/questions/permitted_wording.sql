-- The wordings of the feeds this decision permits. Their words are in no store.
SELECT digest, agency, feed, role, records, recent, first_day, last_day, sure, decided, change
FROM {wording}
WHERE {permitted}
