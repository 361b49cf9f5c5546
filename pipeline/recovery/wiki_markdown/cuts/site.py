"""How a wiki's site names itself, and the words before the line that says where a page was taken from.

What stands around an article is told by them: a browser's title, the line below the title, the page's foot.
"""

from __future__ import annotations

import re

SITE = (
    r"(?:[维維]基(?:百科|文[库庫]|[词詞辞辭]典|[导導][游遊航]|[语語][录錄]|教科[书書]|新[闻聞]|大典)，自由[的嘅之][^\n，。]{2,12}"
    r"|萌娘百科，万物皆可萌的百科全书[^\n]{0,60}|From Wikipedia, the free encyclopedia)"
)
SITE_LINE = re.compile(rf"(?m)^[ \t]*[*_]*(?:[来來出]自)?{SITE}[*_]*[ \t]*$", re.IGNORECASE)
TAKEN_FROM = r"(?:[检檢]索自|取自|Retrieved from)"
TAKEN_FROM_SIGNS = ("索自", "取自", "etrieved from")
