-- Departures by class of day and hour from every stop of every route.
SELECT route, departures
FROM {route_stop}
ORDER BY route, position
