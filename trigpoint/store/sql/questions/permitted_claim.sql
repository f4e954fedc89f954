-- Every place claimed by the records this decision permits, in roles it permits, and no column finer than it permits.
SELECT c.record AS number, r.agency, r.feed, c.role, c."primary", c.quality, c.candidate, c.weight, {units}
FROM {claim} AS c JOIN ({permitted_record}) AS r ON r.number = c.record
WHERE {permitted}
