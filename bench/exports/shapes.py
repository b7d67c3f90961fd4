"""Small files of our own in the shapes platforms and CRMs write; no real account is in them."""

from __future__ import annotations

import io
import zipfile

from bench.exports import platform_shapes

CAMPAIGNS = """\
Campaign report
2 January 2026 - 29 January 2026
Campaign status,Campaign,Budget,Currency code,Status,Campaign type,Clicks,Impr.,CTR,Cost,\
Conversions,Conv. value,Search impr. share
Enabled,Harbour | Brand,25.00,GBP,Eligible,Search,412,"27,540",1.50%,512.40,31.50,"1,904.75",< 10%
Enabled,Harbour | Generic,10.00,GBP,Eligible,Search,198,"8,215",2.41%,287.35,18.00,655.10,> 90%
Paused,Harbour | Old, --,GBP,Paused,Search,0,0, --,0.00,0.00,0.00, --
Total: Campaigns, --, --,GBP, --, --,610,"35,755",1.71%,799.74,49.50,"2,559.85", --
Total: Account,,,GBP,,,640,"36,000",1.78%,830.00,55.00,"2,600.00", --
"""

AD_GROUPS_TWICE = """\
Ad group report
All time
Ad group status,Ad group,Campaign,Currency code,Impr.,Interactions,Currency code,Cost,\
Clicks,Conversions
Enabled,Control,Courses,USD,"48,120","5,030",USD,9120.45,"5,030",204.33
Enabled,Variant,Courses,USD,80,5,USD,11.20, --,0.00
Total: Ad groups,,,USD,"48,200","5,035",USD,9131.65,"5,030",204.33
"""

KEYWORDS_BY_DEVICE = '''\
Search keyword report
"May 4, 2021 - May 10, 2021"
Device,Keyword status,Keyword,Match type,Campaign,Ad group,Currency code,Impr.,Cost,\
Clicks,Conversions
Computers,Enabled,"""desk lamp""",Phrase match,Lamps,Desk,USD,140,5.10,3,1.00
Mobile phones,Enabled,"""desk lamp""",Phrase match,Lamps,Desk,USD,151,6.02,4,0.00
Computers,Enabled,[floor lamp],Exact match,Lamps,Floor,USD,0,0.00,0,0.00
,Total: Keywords,,,,,USD,291,11.12,7,1.00
Computers,Total: Keywords,,,,,USD,140,5.10,3,1.00
Mobile phones,Total: Keywords,,,,,USD,151,6.02,4,0.00
,Total: Account,,,,,USD,900,20.00,12,1.00
'''

DECIMAL_COMMA = """\
Ad group performance,,,,,,,
"March 3, 2025 - March 28, 2025",,,,,,,
Ad group,Campaign,Clicks,Impr.,CTR,Currency code,Cost,Conversions
озеро,Поездки,8,72,"11,11%",USD,"2,16",0
лес,Поездки,41,205,"20,5%",USD,"9,84",2
"""

SEARCH_TERMS_CONVERTED = """\
Search terms report
3 March 2026 - 16 March 2026
Search term,Match type,Added/Excluded,Campaign,Ad group,Currency code,Clicks,Impr.,Cost,\
Cost (Converted currency),Account,Converted currency code
letting rules,Broad match,None,Guide,Basics,GBP,1,5,0.64,0.75,Main,EUR
letting rules,Broad match,None,Guide,Basics,GBP,1,5,0.64,0.75,Main,EUR
let to buy,Exact match,Added,Guide,Basics,GBP,0,1,0.00,0,Main,EUR
Total: Search terms,,,,,GBP,2,11,1.27,1.49,,EUR
Total: Other search terms,,,,,GBP,3,9,2.00,2.30,,EUR
"""

DAILY = """\
Campaign report
5 February 2026 - 7 February 2026
Day,Campaign,Currency code,Impr.,Clicks,Cost
2026-02-05,Brand,EUR,10,1,0.50
2026-02-06,Brand,EUR,20,2,1.50
2026-02-07,Brand,EUR,30,3,2.50
"""

TIME_SERIES = """\
Date,Clicks,Impressions,Avg. CPC,Cost
"Thu, 5 Feb 2026",0,0,US$0.00,US$0.00
"Fri, 6 Feb 2026",31,88,US$1.50,US$46.50
"Sat, 7 Feb 2026",24,"1,107",US$43.00,"US$1,032.10"
"""

QUARTERS = """\
Quarter,Clicks,Conversions,Cost / conv.,Cost
4th quarter 2025,"2,410",150.00,$41.20,"$6,180.00"
1st quarter 2026,"1,975",120.50,$33.90,"$4,085.30"
"""

DEVICES = """\
Device,Cost,Clicks,Conversions
Computers,"£6,430.90","5,120",410.00
Tablets,£27.45,318,1.50
"""

WEEKDAYS = 'Day,Impressions\nSunday,"118,340"\nMonday,"131,905"\n'

SCORES = "Optimization Score,Campaign Name\n41.5%,Brand\n52%,Generic\n"

HUBSPOT_HEADER = (
    "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Deal owner,Pipeline,Create Date,"
    "Last Modified Date,Original Traffic Source,Original Traffic Source Drill-Down 1,"
    "Original Traffic Source Drill-Down 2,Google click id (gclid),UTM Campaign"
)

HUBSPOT = (
    HUBSPOT_HEADER
    + """
101,Jo Bloggs - sofa,Closed Won,"£1,250.50",GBP,2026-09-20 14:05,Sam Seller,Sales,2026-09-01 09:00,\
2026-09-20T14:05:00Z,Paid Search,brand,sofa,Cj0KCQ,utm-brand
102,Al Smith,closedlost,300.00,GBP,2026-09-21 10:00,Sam Seller,Sales,2026-09-02 09:00,\
2026-09-21T11:05:00+01:00,Organic Search,Google,,,
103,Di Jones,Appointment scheduled,,GBP,2026-12-31 00:00,Sam Seller,Sales,2026-09-03 09:00,\
2026-09-22 08:00,Paid Social,Facebook,,,utm-social
"""
)

OLIST_LEADS = """\
mql_id,first_contact_date,landing_page_id,origin
aa1,2018-04-02,page-a,social
bb2,2017-11-21,page-b,paid_search
cc3,2018-05-03,page-c,
"""

OLIST_DEALS = """\
mql_id,seller_id,won_date,business_segment,declared_monthly_revenue
aa1,s1,2018-04-27 10:20:30,pet,0.0
bb2,s2,2018-06-09 11:21:31,toys,50000.0
"""

MAVEN_PIPELINE = """\
opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
M01,Agent A,Alpha Plus,Northbay,Won,9/21/2016,2/1/2017,1180
M02,Agent B,AlphaPro,,Lost,9/26/2016,2/11/2017,0
M03,Agent B,Beta,Eastfen,Engaging,10/2/2016,,
M04,Agent C,Beta,,Prospecting,,,
"""

MAVEN_PRODUCTS = "product,series,sales_price\nAlpha Pro,Alpha,4200\nBeta,Beta,60\n"

MAVEN_DICTIONARY = """\
accounts,,,,sales_teams,,
account,sector,revenue,,sales_agent,manager,
,,,,,,
products,,,,sales_pipeline,,
"""

ALL = {
    "campaigns.csv": CAMPAIGNS,
    "ad_groups.csv": AD_GROUPS_TWICE,
    "keywords.csv": KEYWORDS_BY_DEVICE,
    "comma.csv": DECIMAL_COMMA,
    "terms.csv": SEARCH_TERMS_CONVERTED,
    "daily.csv": DAILY,
    "Time_series(2026.02.05-2026.02.07).csv": TIME_SERIES,
    "Time_series(2025.10.01-2026.02.07).csv": QUARTERS,
    "Devices(2026.02.05-2026.02.07).csv": DEVICES,
    "Day_&_hour(Day_2026.02.05-2026.02.07).csv": WEEKDAYS,
    "Optimization_score(2026.02.05-2026.02.07).csv": SCORES,
    "hubspot.csv": HUBSPOT,
    "olist_leads.csv": OLIST_LEADS,
    "olist_deals.csv": OLIST_DEALS,
    "maven_pipeline.csv": MAVEN_PIPELINE,
    "maven_products.csv": MAVEN_PRODUCTS,
    "maven_dictionary.csv": MAVEN_DICTIONARY,
    **platform_shapes.ALL,
}


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip of texts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def hubspot_rows(count: int) -> str:
    """A day's drop of ``count`` deals, every one of its own."""
    stages = ("Closed Won", "Closed Lost", "Appointment scheduled")
    lines = [
        f"{1000 + i},Deal {i},{stages[i % 3]},{100 + i * 1.37:.2f},GBP,"
        f"2026-09-{1 + i % 28:02d} {i % 24:02d}:{i % 60:02d},Owner,Sales,"
        f"2026-08-{1 + i % 28:02d} 10:{i % 60:02d},"
        f"2026-09-{1 + i % 28:02d}T{i % 24:02d}:{i % 60:02d}:{i % 59:02d}Z,"
        f"Paid Search,campaign {i % 7},keyword {i % 50},Cj0{i:08d},utm {i % 9}"
        for i in range(count)
    ]
    return "\n".join([HUBSPOT_HEADER, *lines, ""])
