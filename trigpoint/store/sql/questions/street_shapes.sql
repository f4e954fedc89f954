-- The outline of every street, in the order of the dense ids.
SELECT wkb
FROM {street}
ORDER BY id
