"""OGC API – Features: the gate's answers as layers that QGIS, ArcGIS and GDAL read."""
