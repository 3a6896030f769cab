{
    "name": "Hairun Meters and Accounts",
    "summary": "营销: water accounts, meter reading and charging",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Qingdao Hairun Water",
    "category": "Services",
    "depends": ["haerun_customer_rep", "queue_job"],
    "external_dependencies": {"python": ["python-stdnum"]},
    "data": [
        "security/haerun_meter_groups.xml",
        "views/haerun_meter_menus.xml",
        # account
        "security/account/ir.model.access.csv",
        "security/account/account_rules.xml",
        "data/account/ir_sequence.xml",
        # meter
        "security/meter/ir.model.access.csv",
        "security/meter/meter_rules.xml",
        "data/meter/haerun_meter_life_data.xml",
        # reading
        "security/reading/ir.model.access.csv",
        "security/reading/reading_rules.xml",
        "data/reading/haerun_reading_cycle_data.xml",
        "data/reading/haerun_reading_exception_data.xml",
        "data/reading/haerun_reading_rule_data.xml",
        "data/reading/haerun_reading_limit_data.xml",
        "data/reading/plan_limits.xml",
        "data/reading/ir_cron.xml",
        # check
        "security/check/ir.model.access.csv",
        "security/check/check_rules.xml",
        "data/check/haerun_check_kind_data.xml",
        "data/check/haerun_check_finding_data.xml",
        "data/check/check_limits.xml",
        "data/check/mail_activity_type.xml",
        "report/check/check_notice_report.xml",
        "views/check/haerun_site_check_form_views.xml",
        "views/check/haerun_site_check_views.xml",
        "views/check/haerun_check_notice_views.xml",
        "views/check/haerun_check_kind_views.xml",
        "views/check/check_wizard_views.xml",
        "views/check/check_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "haerun_meter/static/src/check/*",
        ],
        "web.assets_tests": [
            "haerun_meter/static/tests/tours/*",
        ],
    },
    "application": True,
}
