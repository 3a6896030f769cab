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
        # opening
        "security/opening/ir.model.access.csv",
        "security/opening/opening_rules.xml",
        "data/opening/ir_sequence.xml",
        "data/opening/haerun_opening_need.xml",
        "data/opening/haerun_account_checklist.xml",
        "data/opening/haerun_import_field.xml",
        "data/opening/opening_limits.xml",
    ],
    "application": True,
}
