"""Small files of our own in the shapes of Meta, LinkedIn, Microsoft, Google's web tools and Ahrefs."""

from __future__ import annotations

META_ADS = """\
"Campaign name","Ad set name","Ad name",Objective,Day,Gender,Age,"Result type",Results,Reach,Frequency,\
"Cost per result","Amount spent (GBP)",Impressions,"CPM (cost per 1,000 impressions) (GBP)","Link clicks",\
"CTR (link click-through rate)","Clicks (all)",Objective,"Reporting starts","Reporting ends"
"Spring sale","Group A",Lighthouse,LINK_CLICKS,2026-05-01,female,65+,,,41,1.07317073,,0.62,44,14.09090909,,,\
1,LINK_CLICKS,2026-05-01,2026-05-01
"Spring sale","Group A",Lighthouse,LINK_CLICKS,2026-05-01,male,25-34,"Link clicks",8,141,1.07801418,0.2256,\
1.80483333,152,11.87390351,8,5.26315789,9,LINK_CLICKS,2026-05-01,2026-05-01
"Spring sale","Group B",Lighthouse,LINK_CLICKS,2026-05-02,unknown,55-64,"Link clicks",3,90,1.1,0.4,1.2,99,\
12.12121212,3,3.03030303,3,LINK_CLICKS,2026-05-02,2026-05-02
"""

META_SAME_NAME = """\
Day,"Ad name","Amount spent (USD)","Result type",Results,Impressions,"Link clicks",\
"Purchases conversion value","Preview link","Reporting starts","Reporting ends"
2026-05-01,"Boat - V5",20.25,"Website purchases",1,1060,26,6,\
https://www.facebook.com/?feed_demo_ad=111000111000111&h=AQabc,2026-05-01,2026-05-01
2026-05-01,"Boat - V5",8.55,,,463,12,,\
https://www.facebook.com/?feed_demo_ad=222000222000222&h=AQdef,2026-05-01,2026-05-01
2026-05-02,"Boat - V5",1741.55,"Website purchases",72,83410,789,1630.17,\
https://www.facebook.com/?feed_demo_ad=111000111000111&h=AQxyz,2026-05-02,2026-05-02
"""

META_EMPTY = """\
"Reporting starts","Reporting ends","Campaign name",Results,"Result indicator",Impressions,\
"Amount spent (EUR)"
"No data available."
"""

META_UNNAMED = """\
Day,Impressions,"CPM (Cost per 1,000 Impressions)",Link Clicks,Amount Spent,Messaging Conversations Started
2026-05-01,76,55.53,,4.22,
2026-05-01,1340,25.62,6,34.33,2
2026-05-02,310,51.13,,15.85,1
2026-05-02,310,51.13,,15.85,1
"""

META_INSIGHTS = """\
Date,Campaign,Impressions,Clicks,Spend,Reach,Frequency,CPC,CTR,Link Clicks,Purchases,Landing Page Views
2026-05-01,Jars,7290,163,1514.44,6659,1.094759,9.291043,2.23594,129,8.0,118
2026-05-02,Jars,3309,72,816.66,3082,1.073653,11.3425,2.175884,53,,52
2026-05-02,Clips,4155,75,699.7,3860,1.076425,9.329333,1.805054,60,5.0,60
"""

META_KAG = """\
ad_id,xyz_campaign_id,fb_campaign_id,age,gender,interest,Impressions,Clicks,Spent,Total_Conversion,\
Approved_Conversion
70001,911,10391,30-34,M,15,7350,1,1.429999948,2,1
70002,911,10391,30-34,M,16,17861,2,1.820000023,2,0
70003,937,10392,35-39,F,20,693,0,0,1,0
"""

LINKEDIN_EN = """\
Ad Performance Report (in UTC)
"Report Start: October 1, 2026, 12:00 AM"
"Report End: October 3, 2026, 11:59 PM"
"Date Generated: November 19, 2026, 3:22 PM"

Start Date (in UTC)\tAccount Name\tCurrency\tCampaign Group ID\tCampaign Group Name\tCampaign ID\tCampaign Name\t\
Daily Budget\tCampaign Start Date\tCreative Name\tAd ID\tAd Introduction Text\tTotal Spent\tImpressions\tClicks\t\
Click Through Rate\tAverage CPC\tConversions\tTotal Conversion Value\tLeads\tCost per Lead
10/1/2026\tNorth\tGBP\t701\tAutumn\t801\tDirectors\t50.00\t9/23/2026\tOne\t901\t"Two lines
of text"\t12.50\t800\t10\t1.25%\t1.25\t1\t90.00\t2\t6.25
10/2/2026\tNorth\tGBP\t701\tAutumn\t801\tDirectors\t50.00\t9/23/2026\tOne\t901\tPlain\t11.25\t700\t\
705\t100.714%\t0.02\t0\t0\t1\t11.25
10/2/2026\tNorth\tGBP\t701\tAutumn\t801\tDirectors\t50.00\t9/23/2026\tOne\t902\tPlain\t1,006.10\t60\t3\t5%\t2.03\t0\t0\t0\t0
10/3/2026\tNorth\tGBP\t701\tAutumn\t801\tDirectors\t50.00\t9/23/2026\tOne\t901\tPlain\t13.75\t900\t9\t1%\t1.53\t0\t0\t0\t0
"""

LINKEDIN_PT = """\
Data de início (em UTC),Nome da conta,Moeda,Código do grupo de campanhas,Nome do grupo de campanhas,\
Código da campanha,Nome da campanha,Orçamento diário,Data de início da campanha,Total investido,Impressões,\
Cliques,Taxa de cliques,Média de CPC,Conversões,Valor total da conversão,Leads
01/09/2026,Norte,USD,637,Mensagens,2267,Conversa A,"10,00",25/05/2026,"454,06",3309,3169,"95,769%","0,14",0,"0,00",4
01/09/2026,Norte,USD,637,Mensagens,2303,Conversa B,"10,00",18/07/2026,"1.453,91",2119,1962,"92,591%","0,23",0,"0,00",0
01/09/2026,Norte,USD,637,Mensagens,2304,Conversa C,"25,00",25/08/2026,"356,70",1986,2070,"104,23%","0,17",0,"0,00",4
"""

MICROSOFT = """\
Campaign ID,Status,Campaign,Budget,Budget Type,Spend,Campaign Type,Clicks,Impr.,CTR,Avg. CPC,Conv.
[436534626],Enabled,Serviços,15,DailyBudgetStandard,484.12,Search,361,28435,1.27%,1.34,0
[530467992],Enabled,Marca,10,DailyBudgetStandard,3.12,Search,28,79,35.44%,0.11,2
Search total,-,-,-,-,487.25,-,389,28514,1.36%,1.25,2
Audience total,-,-,-,-,0,-,0,0,0%,0,0
Performance Max total,-,-,-,-,0,-,0,0,0%,0,0
"""

GA4_TOP = """\
# ----------------------------------------
# Report CSV Export
# Account: Harbour, Ltd
# Property: harbour - GA4
# ----------------------------------------
#\x20
# All Users
# Start date: 20260501
# End date: 20260503

"""

GA4_CHANNELS = (
    GA4_TOP
    + """\
Session primary channel group (Default channel group),Sessions,Users,New users,Engaged sessions,\
Average engagement time per session,Event count,Key events,Total revenue
Organic Search,40,31,20,22,47.52666667,310,3,120.50
Direct,25,20,12,9,32.1,140,1.5,0
(not set),2,2,0,0,0,4,0,0
"""
)

GA4_HOURS = """\
# ----------------------------------------,,,
Session default channel group,Date + hour (YYYYMMDDHH),Users,Sessions
Direct,2026050223,237,300
Organic Social,2026050119,208,267
Direct,2026050100,5,6
"""

GA4_SNAPSHOT = """\
# ----------------------------------------
# Report CSV Export
# Account: Harbour
# Property: harbour
# ----------------------------------------
#\x20\x20
# Start date: 20260501
# End date: 20260503
Nth day,Users
0000,4
0001,0
0002,7

# Start date: 20260501
# End date: 20260503
Nth day,Average engagement time
0000,33
0001,0
0002,81

# Where do your new users come from?
# Start date: 20260501
# End date: 20260503
First user default channel group,New users
Organic Social,3
Direct,5

# Start date: 20260401
# End date: 20260403
Nth day,30 days,7 days,1 day
0000,3,1,1
0001,3,1,0
0002,3,1,0

# What are your top conversions?
# Start date: 20260501
# End date: 20260503
Event name,Conversions

"""

GSC_QUERIES = """\
Top queries,Clicks,Impressions,CTR,Position
boat hire,2,41,4.88%,4.83
harbour tours,1,7,14.29%,7.57
λιμάνι,0,1,0%,98
"""

GSC_CHART = """\
Date,Clicks,Impressions,CTR,Position
2026-05-01,0,9,0%,22.8
2026-05-02,2,17,11.76%,4.1
2026-05-03,1,1234,0.08%,40
"""

GSC_DEVICES = (
    "Device,Clicks,Impressions,CTR,Position\nMobile,2,1000,0.2%,5.9\nDesktop,1,260,0.38%,11\n"
)

GSC_FILTERS = "Filter,Value\nSearch type,Web\nDate,Last 3 months\n"

GSC_ZIP = {
    "Queries.csv": GSC_QUERIES,
    "Chart.csv": GSC_CHART,
    "Devices.csv": GSC_DEVICES,
    "Search appearance.csv": "Search Appearance,Clicks,Impressions,CTR,Position\n",
    "Filters.csv": GSC_FILTERS,
}

TRENDS = """\
"query","search interest","increase percent"
"boat hire",100,"Breakout"
"harbour tours",21,"-5%"
"ferry",18,"1,350%"
"""

AHREFS = """\
"#"\t"Keyword"\t"Country"\t"Difficulty"\t"Volume"\t"CPC"\t"Parent Keyword"\t"Last Update"\t"Global volume"
"1"\t"boat hire"\t"gb"\t"35"\t"250"\t"0.10"\t"boats"\t"2026-01-17 16:59:50"\t"3300"
"2"\t"harbour tours, guided"\t"gb"\t""\t"50"\t""\t""\t""\t"1,500"
"""

TRENDS_NAME = "searched_with_top-queries_GB_20260222-2312_20260522-2312.csv"

ALL = {
    "meta_ads.csv": META_ADS,
    "meta_same_name.csv": META_SAME_NAME,
    "meta_empty.csv": META_EMPTY,
    "meta_unnamed.csv": META_UNNAMED,
    "meta_insights.csv": META_INSIGHTS,
    "meta_kag.csv": META_KAG,
    "linkedin_en.csv": LINKEDIN_EN,
    "linkedin_pt.csv": LINKEDIN_PT,
    "microsoft.csv": MICROSOFT,
    "ga4_channels.csv": GA4_CHANNELS,
    "ga4_hours.csv": GA4_HOURS,
    "ga4_snapshot.csv": GA4_SNAPSHOT,
    "gsc_queries.csv": GSC_QUERIES,
    "gsc_chart.csv": GSC_CHART,
    "gsc_devices.csv": GSC_DEVICES,
    "gsc_filters.csv": GSC_FILTERS,
    TRENDS_NAME: TRENDS,
    "ahrefs.csv": AHREFS,
}
