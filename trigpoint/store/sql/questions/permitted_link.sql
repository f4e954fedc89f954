-- The links whose both ends lie in feeds this decision permits. An end may still be a record that is not permitted.
SELECT first, second, feed_first, feed_second, probability, reason
FROM {link}
WHERE {permitted}
