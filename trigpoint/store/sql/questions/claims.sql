-- The claims of the records selected, candidates together and the likeliest first.
SELECT {columns}
FROM permitted_claim
WHERE number IN (SELECT number FROM permitted_record WHERE {filter}) AND {claims}
ORDER BY number, role, "primary" DESC, candidate, weight DESC
