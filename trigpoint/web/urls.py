"""Every address of Trigpoint. What is not listed here does not exist; there is no sign-up and no admin."""

from allauth.account import views as sign_in_views
from django.urls import include, path

from trigpoint.web.api import api
from trigpoint.web.views import (
    about,
    account,
    basemap,
    coverage,
    deliveries,
    demo_sign_in,
    export,
    map_page,
)

urlpatterns = [
    path("", map_page.map_page, name="map"),
    path("table", map_page.table_page, name="table"),
    path("export/<slug:kind>.<slug:form>", export.export, name="export"),
    path("basemap.pmtiles", basemap.basemap, name="basemap"),
    path("deliveries/", deliveries.delivery_list, name="deliveries"),
    path("deliveries/<int:number>/", deliveries.delivery_receipt, name="delivery"),
    path("deliveries/publish/", deliveries.publish, name="publish"),
    path(
        "deliveries/publish/<uuid:request_id>/", deliveries.publication_progress, name="publication_progress"
    ),
    path("coverage/", coverage.coverage, name="coverage"),
    path("about/", about.about_page, name="about"),
    path("api/", api.urls),
    path("account/", account.account, name="account"),
    path("account/password/", sign_in_views.password_change, name="account_change_password"),
    path("account/confirm/", sign_in_views.reauthenticate, name="account_reauthenticate"),
    path("account/two-step/", include("allauth.mfa.urls")),
    path("sign-in/", sign_in_views.login, name="account_login"),
    path("sign-in/closed/", sign_in_views.account_inactive, name="account_inactive"),
    path("sign-in/demo/", demo_sign_in.demo_sign_in, name="demo_sign_in"),
    path("sign-out/", sign_in_views.logout, name="account_logout"),
]

handler400 = "trigpoint.web.views.errors.bad_request"
handler403 = "trigpoint.web.views.errors.permission_denied"
handler404 = "trigpoint.web.views.errors.not_found"
handler500 = "trigpoint.web.views.errors.server_error"
