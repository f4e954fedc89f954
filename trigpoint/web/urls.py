"""Every address of Trigpoint. What is not listed here does not exist; there is no sign-up and no admin."""

from allauth.account import views as sign_in_views
from django.urls import include, path

from trigpoint.web.api import api
from trigpoint.web.views import (
    about,
    account,
    actions,
    analyses,
    basemap,
    coverage,
    definitions,
    deliveries,
    demo_sign_in,
    export,
    hot_now,
    insight,
    linked_events,
    map_page,
    meetings,
    places,
    present,
    quarantine,
    reveal,
    runs,
    saved_view,
    tokens,
    unplaced,
    upload_events,
    uploads,
)

urlpatterns = [
    path("", hot_now.hot_now, name="hot"),
    path("map/", map_page.map_page, name="map"),
    path("table", map_page.table_page, name="table"),
    path("export/<slug:kind>.<slug:form>", export.export_file, name="export"),
    path("joint/", insight.joint, name="joint"),
    path("journeys/", insight.journeys, name="journeys"),
    path("basemap.pmtiles", basemap.basemap, name="basemap"),
    path("deliveries/", deliveries.delivery_list, name="deliveries"),
    path("deliveries/<int:number>/", deliveries.delivery_receipt, name="delivery"),
    path("deliveries/publish/", deliveries.publish, name="publish"),
    path(
        "deliveries/publish/<uuid:request_id>/", deliveries.publication_progress, name="publication_progress"
    ),
    path("deliveries/<int:number>/receipt.<slug:form>", deliveries.receipt_file, name="receipt_file"),
    path("deliveries/quarantine/", quarantine.every_tray, name="quarantine_all"),
    path("deliveries/<int:number>/quarantine/", quarantine.tray, name="quarantine"),
    path("deliveries/new/", uploads.bring_file, name="bring_file"),
    path("deliveries/uploads/<uuid:upload_id>/", uploads.upload, name="upload"),
    path("deliveries/uploads/<uuid:upload_id>/decide/", uploads.decide, name="upload_decide"),
    path("deliveries/uploads/<uuid:upload_id>/cancel/", uploads.cancel, name="upload_cancel"),
    path("deliveries/uploads/<uuid:upload_id>/restart/", uploads.restart, name="upload_restart"),
    path("deliveries/uploads/<uuid:upload_id>/events/", upload_events.upload_events, name="upload_events"),
    path("views/<int:number>/", saved_view.saved_view, name="saved_view"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("analysis/", analyses.analyses, name="analyses"),
    path("analysis/<slug:kind>/", analyses.analysis, name="analysis"),
    path("analysis/runs/<uuid:run_id>/stop/", runs.stop, name="stop_run"),
    path("meetings/", meetings.calendar, name="meetings"),
    path("actions/", actions.action_list, name="actions"),
    path("actions/new/", actions.new_action, name="new_action"),
    path("actions/<int:number>/", actions.one_action, name="action"),
    path("actions/<int:number>/move/", actions.move, name="action_move"),
    path("actions/<int:number>/change/", actions.change, name="action_change"),
    path("actions/<int:number>/dose/", actions.dose, name="action_dose"),
    path("actions/<int:number>/dose-plan/", actions.dose_plan, name="action_dose_plan"),
    path("places/", places.place_list, name="places"),
    path("places/new/", places.new_place, name="new_place"),
    path("places/<int:number>/", places.one_place, name="place"),
    *(
        path(f"places/<int:number>/{one}/", places.edit_place, {"change": one}, name=f"place_{one}")
        for one in places.EDITS
    ),
    path("events/", linked_events.linked_events, name="events"),
    path("unplaced/", unplaced.tray, name="unplaced"),
    path("unplaced/<int:number>/", unplaced.phrase, name="unplaced_phrase"),
    path("unplaced/<int:number>/decide/", unplaced.decide, name="unplaced_decide"),
    path("unplaced/shared-point/", unplaced.shared_point, name="shared_point"),
    path("definitions/", definitions.definition_list, name="definitions"),
    path("definitions/new/", definitions.new_definition, name="new_definition"),
    path("definitions/drafts/<uuid:sample_id>/", definitions.draft, name="definition_draft"),
    path("definitions/drafts/<uuid:sample_id>/trial/", definitions.trial, name="definition_trial"),
    path("demo/truths/", reveal.truths, name="truths"),
    path("present/", present.present_page, name="present"),
    path("about/", about.about_page, name="about"),
    path("about/api/", about.for_programs, name="about_api"),
    path("api/", api.urls),
    path("", include("trigpoint.web.ogc.urls")),
    path("account/", account.account, name="account"),
    path("account/tokens/", tokens.make_token, name="make_token"),
    path("account/tokens/<int:number>/end/", tokens.end_token, name="end_token"),
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
