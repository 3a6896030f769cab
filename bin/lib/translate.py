"""Run by `odoo shell`: refresh the .pot and zh_CN.po of the add-ons."""

import sys

sys.path.insert(0, ".")

from tests import translations  # noqa: E402

for addon in translations.ADDONS:
    found = translations.refresh(env, addon)  # noqa: F821
    print(f"{addon}: {len(found)} terms to translate")
    for line in found:
        print(f"    {line}")
