-- Residents of the areas of a level; NULL where none could be joined.
SELECT id, people_all, people_10_17
FROM {population}
WHERE level = {level}
ORDER BY id
