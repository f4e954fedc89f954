-- The person of each permitted record that has one, and whose key it is under, in which window.
SELECT number, agency, token_window, person
FROM permitted_person
ORDER BY number
