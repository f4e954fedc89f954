-- Where the routes of open timetables call, in order, with their departures by class of day and hour.
SELECT s.route, r.code AS line, r.mode, s.position, s.ref, s.easting_m, s.northing_m, s.departures
FROM {route_stop} AS s JOIN {route} AS r ON r.id = s.route JOIN {feed} AS f ON f.id = r.feed
WHERE f.open
ORDER BY s.route, s.position
