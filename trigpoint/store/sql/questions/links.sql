-- Links between records of feeds that this decision permits.
SELECT first, second, feed_first, feed_second, probability, reason
FROM permitted_link
