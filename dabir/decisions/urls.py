"""Addresses of the register."""

from django.urls import path

from dabir.decisions.views import (
    answer,
    boards,
    commitment,
    decision,
    documents,
    editions,
    progress,
    publishing,
    received,
    register,
    reminders,
)

app_name = "decisions"
OF_COMMITMENT = "office/commitments/<slug:document>/<str:node>/<str:number>/"
urlpatterns = [
    # The register's lists
    path("office/register/", register.register, name="register"),
    path("office/register/assign/", register.assign_many, name="assign_many"),
    path("office/register/views/", register.save_view, name="save_view"),
    path("office/register/views/<int:key>/drop/", register.drop_view, name="drop_view"),
    path("office/not-carried-out/", boards.board, name="board"),
    path("office/in-force/<slug:meeting>/", boards.in_force, name="in_force"),
    path("office/programmes/", boards.programmes, name="programmes"),
    path("office/programmes/<slug:public_id>/", boards.programme, name="programme"),
    # The chain of one decision
    path("office/documents/", documents.documents, name="documents"),
    path("office/documents/new/", documents.add_document, name="add_document"),
    path("office/documents/<slug:document>/", documents.document, name="document"),
    path(
        "office/documents/<slug:document>/publication/<slug:act>/",
        publishing.text_publication,
        name="text_publication",
    ),
    path("office/documents/<slug:document>/clause/", documents.add_clause, name="add_clause"),
    path(
        "office/clauses/<slug:document>/<str:node>/<slug:act>/",
        documents.clause_act,
        name="clause_act",
    ),
    path("office/decisions/new/", decision.record_decision, name="record_decision"),
    path("office/decisions/<slug:document>/<str:node>/", decision.decision, name="decision"),
    path(
        "office/decisions/<slug:document>/<str:node>/<slug:act>/",
        decision.decision_act,
        name="decision_act",
    ),
    path(OF_COMMITMENT, commitment.commitment, name="commitment"),
    path(OF_COMMITMENT + "ask/", answer.ask, name="ask"),
    path(OF_COMMITMENT + "form.<slug:language>.<slug:fmt>", answer.paper_form, name="paper_form"),
    path(OF_COMMITMENT + "<slug:act>/", commitment.commitment_act, name="commitment_act"),
    path("office/activity/<slug:report>/<slug:act>/", commitment.report_act, name="report_act"),
    path("office/evidence/<slug:evidence>/file", commitment.evidence_file, name="evidence_file"),
    path(
        "office/evidence/<slug:evidence>/withdraw/",
        commitment.withdraw_evidence,
        name="withdraw_evidence",
    ),
    path("office/steps/<slug:action>/end/", commitment.end_step, name="end_step"),
    path("answer/<str:token>/", answer.answer, name="answer"),
    path("office/reminders/", reminders.reminders, name="reminders"),
    # Tables brought in
    # Progress reports
    path("office/reports/", progress.progress_reports, name="progress_reports"),
    path("office/reports/draft/", progress.draft_report, name="draft_report"),
    path("office/reports/<slug:public_id>/", progress.progress_report, name="progress_report"),
    path("office/reports/<slug:public_id>/edit/", progress.edit_report, name="edit_report"),
    path("office/reports/<slug:public_id>/remarks/<int:key>/", progress.remark, name="remark"),
    path(
        "office/reports/<slug:public_id>/preview/<slug:language>.<slug:fmt>",
        progress.preview,
        name="preview_report",
    ),
    path("office/reports/<slug:public_id>/sign/", editions.sign_off, name="sign_report"),
    path("office/reports/<slug:public_id>/take-back/", editions.take_back, name="take_back"),
    path("office/reports/<slug:public_id>/freeze/", editions.freeze, name="freeze_report"),
    path("office/reports/<slug:public_id>/freezing/", editions.freezing, name="freezing"),
    path("office/reports/<slug:public_id>/reopen/", editions.reopen, name="reopen_report"),
    path("office/reports/<slug:public_id>/<int:number>/", editions.edition, name="edition"),
    path(
        "office/reports/<slug:public_id>/<int:number>/<slug:language>.<slug:fmt>",
        editions.edition_file,
        name="edition_file",
    ),
    path("office/reports/<slug:public_id>/<int:number>/send/", editions.send, name="send_edition"),
    path(
        "office/reports/<slug:public_id>/<int:number>/<slug:act>/",
        publishing.publication,
        name="publication",
    ),
    path(
        "office/reports/<slug:public_id>/<int:number>/receipt/<int:key>/",
        editions.receipt,
        name="note_receipt",
    ),
    path("received/<str:token>/", received.received, name="received"),
    path(
        "received/<str:token>/<slug:language>.<slug:fmt>",
        received.received_file,
        name="received_file",
    ),
    path("verify/", editions.verify, name="verify_any"),
    path("verify/<str:code>/", editions.verify, name="verify"),
]
