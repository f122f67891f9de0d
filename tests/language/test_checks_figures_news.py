"""Correct translations of whole sentences, as agencies and universities write them: no check of figures may
object."""

import pytest

from desktop_app.domain.findings import Severity
from desktop_app.language.checks import Pair, run_checks

CHECKS = ["number", "date", "weekday", "percent", "currency", "measure", "bound", "change", "length"]
# A sentence and its translation, each over as many lines as it needs; an empty line ends a pair.
NEWS = """
1月11日下午，衡山特钢集团副总经理吕晨光一行8人来校调研交流，副校长张为民、中国工程院院士毛新宇出席座谈会。
=
On the afternoon of January 11, an eight-member delegation led by LYU Chenguang, Deputy General Manager of
Hengshan Special Steel Group, visited the university. Vice President ZHANG Weimin and MAO Xinyu, Member of the
Chinese Academy of Engineering, attended the meeting.

学校创建于1952年，是新中国成立后建立的第一所钢铁工业高等学府，2017年入选国家“双一流”建设高校。
=
Founded in 1952, the university was the first institution of higher learning for the iron and steel industry
established after the founding of the People's Republic of China, and was selected as a Double First-Class
university in 2017.

近五年来，学院承担国家级科研项目120余项，科研经费突破3亿元，发表SCI论文近800篇，授权发明专利百余件。
=
Over the past five years, the school has undertaken more than 120 national research projects with over 300
million yuan in funding, published nearly 800 SCI papers and been granted more than 100 invention patents.

来自全国31个省、自治区、直辖市的6000余名新生陆续报到，开启大学生活。
=
More than 6,000 freshmen from 31 provinces, autonomous regions and municipalities registered and began their
university life.

据国家统计局18日公布的数据，2022年全国居民人均可支配收入36883元，比上年名义增长5.0%，扣除价格因素，实
际增长2.9%。
=
China's per capita disposable income stood at 36,883 yuan in 2022, up 5 percent in nominal terms and 2.9 percent
in real terms from a year earlier, according to data released by the National Bureau of Statistics on Jan. 18.

截至2023年6月底，全市新能源汽车保有量达60.5万辆，同比增长33.2%，占汽车总量的9.1%。
=
By the end of June 2023, the city had 605,000 new energy vehicles, up 33.2 percent year on year and accounting
for 9.1 percent of all vehicles.

会议将于3月5日上午9时在人民大会堂开幕，会期7天半。
=
The session will open at 9 a.m. on March 5 at the Great Hall of the People and last seven and a half days.

今年一季度，全国城镇新增就业297万人，3月份全国城镇调查失业率为5.3%，比上月下降0.3个百分点。
=
In the first quarter, 2.97 million urban jobs were created. The surveyed urban unemployment rate stood at 5.3
percent in March, down 0.3 percentage points from the previous month.

“十四五”时期，我国将推动GDP年均增长保持在合理区间，常住人口城镇化率提高到65%。
=
During the 14th Five-Year Plan period, China will keep average annual GDP growth within an appropriate range and
raise the permanent urban population share to 65 percent.

这项研究成果于北京时间12月22日凌晨在国际学术期刊《自然》在线发表，团队历时6年、走访了20多个县，采集样本1.2
万份。
=
The findings were published online in the journal Nature in the early hours of December 22 Beijing time. The
team spent six years visiting more than 20 counties and collecting 12,000 samples.

第二届中国研究生“双碳”创新与创意大赛决赛落下帷幕，我校代表队获一等奖2项、二等奖5项，并首次捧得优秀组织奖。
=
The finals of the 2nd China Graduate Carbon Peaking and Neutrality Innovation Competition came to a close. Our
teams won two first prizes and five second prizes, and took home the Best Organizer Award for the first time.

参加座谈会的有学校党委书记吴远山，校长杨启文，以及相关部门、二级单位负责人等30余人。
=
More than 30 people attended the symposium, including WU Yuanshan, Secretary of the CPC University Committee,
YANG Qiwen, President of the university, and heads of the departments and schools concerned.

当地时间15日晚，1架载有72人的客机在尼泊尔博克拉坠毁，机上包括68名乘客和4名机组人员，至少68人遇难。
=
A plane carrying 72 people crashed in Pokhara, Nepal, on Sunday. There were 68 passengers and four crew members
on board, and at least 68 people were killed.

双方将在人才培养、科学研究、成果转化等三个方面开展深度合作，共建联合实验室，力争用3到5年时间攻克一批“卡脖子”技术
。
=
The two sides will cooperate in three areas, namely talent cultivation, scientific research and technology
transfer, jointly build laboratories, and strive to master key technologies within three to five years.

2022年，我国货物贸易进出口总值首次突破40万亿元关口，达42.07万亿元，比2021年增长7.7%，连续6年保持
世界第一货物贸易国地位。
=
In 2022, China's total goods imports and exports exceeded 40 trillion yuan for the first time, reaching 42.07
trillion yuan, up 7.7 percent from 2021. The country remained the world's largest trader in goods for the sixth
consecutive year.

该桥全长55公里，总投资约1269亿元人民币，设计使用寿命120年，可抵御8级地震、16级台风。
=
The bridge is 55 kilometers long, cost about 126.9 billion yuan and is designed to last 120 years. It can
withstand a magnitude-8 earthquake and a force-16 typhoon.

报告显示，八成以上的受访者每天上网超过3小时，六成受访者表示会在“双11”期间网购，较去年增长近一倍。
=
The report shows that more than 80 percent of respondents spend over three hours online every day, and 60
percent said they would shop online during the Double 11 festival, nearly double the figure of last year.

5月30日9时31分，搭载神舟十六号载人飞船的长征二号F遥十六运载火箭在酒泉卫星发射中心点火发射。
=
The Long March-2F Y16 carrier rocket, carrying the Shenzhou-16 crewed spacecraft, blasted off from the Jiuquan
Satellite Launch Center at 9:31 a.m. on May 30.

他1987年考入北京钢铁学院，1991年本科毕业后留校任教，至今已有30多个年头。
=
He was admitted to Beijing Institute of Iron and Steel Technology in 1987 and stayed on as a teacher after
graduating in 1991. He has been teaching for more than 30 years.

活动当天，60多名志愿者分成4组，清理垃圾2吨多，植树300余棵。
=
On the day, more than 60 volunteers worked in four groups, clearing over two tonnes of litter and planting more
than 300 trees.

据介绍，新校区规划用地1600亩，一期工程建筑面积38万平方米，预计2025年9月投入使用。
=
The new campus will cover 1,600 mu (about 107 hectares). The first phase, with a floor area of 380,000 square
meters, is expected to open in September 2025.

央行决定于4月25日下调金融机构存款准备金率0.25个百分点，释放长期资金约5300亿元。
=
The central bank will cut the reserve requirement ratio by 25 basis points on April 25, releasing about 530
billion yuan in long-term funds.

本届展会为期3天，吸引了来自28个国家和地区的500多家企业参展，专业观众预计超过4万人次。
=
The three-day expo has attracted more than 500 companies from 28 countries and regions, and over 40,000
professional visitors are expected.

截至目前，我校共有两院院士15人，国家级教学名师5人，国家“万人计划”入选者24人次。
=
To date, the university has 15 academicians of the Chinese Academy of Sciences and the Chinese Academy of
Engineering, five national-level distinguished teachers and 24 scholars of the Ten Thousand Talents Program.

全球确诊病例超过5亿例，死亡人数突破620万，其中美国病例数逾8000万。
=
There have been more than 500 million confirmed cases worldwide and over 6.2 million deaths, with more than 80
million cases in the United States.

这名29岁的球员以6比3、4比6、7比6的比分险胜对手，时隔两年再次闯入四强。
=
The 29-year-old edged out the opponent 6-3, 4-6, 7-6 to reach the semifinals for the first time in two years.

国庆中秋8天假期，国内旅游出游人数8.26亿人次，按可比口径同比增长71.3%，按可比口径较2019年增长4.1%。
=
During the eight-day Mid-Autumn Festival and National Day holiday, 826 million domestic trips were made, up 71.3
percent year on year and 4.1 percent from 2019 on a comparable basis.

发言人指出，中法建交59年来，两国关系始终走在中国同西方国家关系前列。
=
The spokesperson noted that in the 59 years since China and France established diplomatic ties, their
relationship has always
been at the forefront of China's relations with Western countries.

今年是改革开放45周年，也是深圳经济特区建立43周年。
=
This year marks the 45th anniversary of reform and opening up and the 43rd anniversary of the Shenzhen Special
Economic Zone.

上周五收盘，沪指报3267.93点，跌1.42%；深成指报11656.11点，跌1.6%。
=
At the close on Friday, the Shanghai Composite Index was down 1.42 percent at 3,267.93 points, while the
Shenzhen Component Index lost 1.6 percent to 11,656.11 points.

当日，记者从教育部获悉，2023年全国高考报名人数1291万人，比2022年增加98万人，再创历史新高。
=
A record 12.91 million students have registered for the 2023 national college entrance examination, an increase
of 980,000 from 2022, the Ministry of Education said.

村里180多户人家，户均年收入从2014年的不足2万元增长到去年的11万元，翻了两番还多。
=
The average annual income of the more than 180 households in the village grew from less than 20,000 yuan in 2014
to 110,000 yuan last year, more than quadrupling.

据悉，该芯片采用7纳米工艺，运算速度是上一代产品的2.5倍，功耗降低四成。
=
Made with a 7-nanometer process, the chip is 2.5 times as fast as its predecessor and consumes 40 percent less
power.

凌晨1点多，救援人员终于把被困70多个小时的小女孩救了出来。
=
Shortly after 1 a.m., rescuers finally pulled out the little girl who had been trapped for more than 70 hours.

他说，三年来我们走过了不平凡的历程，接下来要一步一个脚印，做好每一件事。
=
He said that we had come a long way over the past three years and that from now on we should take one step at a
time and do everything well.

两国领导人举行了两个半小时的会谈，就双边关系和共同关心的问题深入交换了意见。
=
The two leaders held talks for two and a half hours, with an in-depth exchange of views on bilateral ties and
issues of common concern.

活动吸引了约2.3万名市民参与，其中六成为90后、00后。
=
The event drew some 23,000 residents, 60 percent of whom were born in the 1990s or 2000s.

20世纪七八十年代，这里只有三五户人家；如今已是千余人的大村。
=
In the 1970s and 1980s, only a handful of families lived here; today it is a large village of more than a
thousand people.

12月1日起，全省高速公路对20座以下客车实行差异化收费，预计每年减免通行费约15亿元。
=
From December 1, differentiated tolls will apply to passenger vehicles with fewer than 20 seats on expressways
across the province, which is expected to save drivers about 1.5 billion yuan a year.

中国队以总分2：0击败韩国队，第11次捧起尤伯杯。
=
China beat South Korea 2-0 to lift the Uber Cup for the 11th time.

据新华社报道，截至当地时间8日18时，地震已造成土耳其9057人死亡、52979人受伤，叙利亚至少2992人遇难。
=
As of 6 p.m. local time on Wednesday, the earthquakes had killed 9,057 people and injured 52,979 in Turkey,
while at least 2,992 people had died in Syria, Xinhua reported.

中国外长10日应约同法国外长通电话。
=
The Chinese foreign minister spoke with his French counterpart by phone on Wednesday at the
request.

受访者中，18至35岁的占45.6%，36至59岁的占38.2%，60岁及以上的占16.2%。
=
Of the respondents, 45.6 percent were aged 18 to 35, 38.2 percent were 36 to 59, and 16.2 percent were 60 and
above.

去年该公司营收达1.2万亿日元，同比大增三成，净利润首破千亿日元大关。
=
The company's revenue surged 30 percent last year to 1.2 trillion yen, and its net profit topped 100 billion yen
for the first time.

预计到2025年，我国60岁及以上老年人口将突破3亿，占总人口的比重将超过20%，进入中度老龄化阶段。
=
By 2025, China is expected to have more than 300 million people aged 60 and above, making up over 20 percent of
the population, and to enter a stage of moderate ageing.

公司拟以每股12.8元的价格回购不超过2000万股，回购资金总额不低于1亿元、不超过2.56亿元。
=
The company plans to buy back up to 20 million shares at 12.8 yuan apiece, spending no less than 100 million
yuan and no more than 256 million yuan.

7月1日至3日，第三十届全国大学生田径锦标赛在南宁举行，我校选手以10秒21的成绩夺得男子100米金牌。
=
The 30th National University Athletics Championships were held in Nanning from July 1 to 3. An athlete from our
university won gold in the men's 100m in 10.21 seconds.

上半场第38分钟，梅西主罚任意球破门，阿根廷队1∶0领先；下半场姆巴佩连入两球，双方战至2∶2平。
=
Messi scored from a free kick in the 38th minute to put Argentina 1-0 up. Mbappe struck twice in the second half
and the match ended 2-2.

全国铁路预计发送旅客1190万人次，加开旅客列车1078列。
=
China's railways are expected to handle 11.9 million passenger trips, with 1,078 extra trains in operation.

每天清晨5点半，67岁的王阿姨都会准时来到公园，这个习惯她已经坚持了20年。
=
At half past five every morning, 67-year-old Aunt Wang comes to the park, a habit she has kept for 20 years.

本次考试满分150分，考试时间120分钟，及格线为90分。
=
The exam lasts 120 minutes and carries 150 points; 90 is the pass mark.

一份问卷显示，仅有不到一成的学生每周锻炼三次以上。
=
A survey shows that fewer than 10 percent of students exercise more than three times a week.

他花了整整一年零八个月，行程3.5万公里，走遍了全国三分之二的县。
=
He spent a full year and eight months covering 35,000 kilometers, and visited two-thirds of the country's
counties.

受台风“杜苏芮”影响，28日8时至29日8时，福建有12个县市降雨量超过250毫米，最大达419毫米。
=
Under the influence of Typhoon Doksuri, rainfall exceeded 250 millimeters in 12 counties and cities in Fujian
from 8 a.m. on July 28 to 8 a.m. on July 29, with a maximum of 419 mm.

世界卫生组织表示，全球每年约有700万人死于烟草，其中约130万人为吸入二手烟的非吸烟者。
=
Tobacco kills around seven million people each year, including an estimated 1.3 million non-smokers exposed to
second-hand smoke, the World Health Organization said.

两名男子因涉嫌盗窃被警方拘留，涉案金额20余万元。
=
Police have detained two men on suspicion of stealing more than 200,000 yuan.

这座千年古镇拥有百余座明清建筑，其中12处为省级文物保护单位。
=
The thousand-year-old town has more than a hundred Ming and Qing buildings, 12 of which are under provincial
protection.

论坛由中国科协主办，来自40多个国家的近千名科学家以线上线下方式参会。
=
Hosted by the China Association for Science and Technology, the forum brought together nearly 1,000 scientists
from over 40 countries online and offline.

项目一期将于明年年底前建成，届时可提供2000个就业岗位，年产值可达50亿元。
=
The first phase will be completed by the end of next year, creating 2,000 jobs and an annual output worth 5
billion yuan.

我国可再生能源装机突破13亿千瓦，历史性超过煤电。
=
China's installed renewable energy capacity has exceeded 1.3 billion kilowatts, surpassing coal power for the
first time.

三年前的今天，他们三人一起来到这所大学。
=
Three years ago today, the three of them came to this university together.

2月4日晚8时，第二十四届冬季奥林匹克运动会在国家体育场开幕。
=
The 24th Winter Olympic Games opened at the National Stadium at 8 p.m. on February 4.

据统计，2022年我国共有1.58亿人次参与志愿服务，累计时长超过40亿小时。
=
In 2022, volunteers in China served 158 million times for more than 4 billion hours in total, statistics show.

商务部数据显示，1—10月，我国实际使用外资金额9870.1亿元人民币，同比下降9.4%。
=
Foreign direct investment into the Chinese mainland, in actual use, fell 9.4 percent year on year to 987.01
billion yuan in the first ten months, the Ministry of Commerce said.

在第六届进博会上，意向成交额784.1亿美元，比上届增长6.7%。
=
Tentative deals worth 78.41 billion U.S. dollars were reached at the sixth China International Import Expo, up
6.7 percent from the previous edition.

新冠疫苗第二剂接种间隔为3至8周，18岁以下人群暂不接种。
=
The second dose of the COVID-19 vaccine is given three to eight weeks after the first, and people under 18 are
not vaccinated for now.

有一次，他在雪地里一等就是四五个小时，冻得双手通红。
=
Once he waited in the snow for four or five hours until his hands were red with cold.

同日，全校28个学院、5000余名师生同时唱响国歌，庆祝新中国成立74周年。
=
On the same day, over 5,000 teachers and students from 28 schools sang the national anthem to celebrate the 74th
anniversary of the founding of the People's Republic of China.

他在百忙之中抽出半天时间，与十几位青年教师面对面交流。
=
Despite his busy schedule, he took half a day to talk face to face with more than a dozen young teachers.

第一批次31所高校共计投入8.6亿元，建成实训基地112个，覆盖学生17.5万人。
=
In the first batch, 31 universities invested a total of 860 million yuan and built 112 training bases for
175,000 students.

5月15日是国际家庭日，也是全国公安机关打击和防范经济犯罪宣传日。
=
May 15 is the International Day of Families, and also the national publicity day against economic crime.

联合国大会以141票赞成、5票反对、35票弃权的结果通过了决议。
=
The United Nations General Assembly adopted the resolution with 141 votes in favor, five against and 35
abstentions.

美联储宣布加息75个基点，将联邦基金利率目标区间上调至3%到3.25%之间。
=
The US Federal Reserve raised interest rates by 75 basis points, lifting the target range for the federal funds
rate to between 3 percent and 3.25 percent.

这台重达1.8吨的机器人身高2.3米，每小时可行走4公里。
=
The 1.8-tonne robot stands 2.3 meters tall and can walk four kilometers per hour.

图为3月12日，学生们在校园里植树。
=
Students plant trees on campus on March 12.

李华等3位同学荣获“十佳大学生”称号。
=
LI Hua and two other students were named Top Ten Students.

据英国《卫报》5日报道，英国通胀率升至10.1%，创40年来新高。
=
Inflation in Britain has risen to 10.1 percent, the highest in 40 years, the Guardian reported on Wednesday.

会上，6名代表先后发言。
=
Six representatives spoke one after another at the meeting.

中国队共获得201枚金牌、111枚银牌、71枚铜牌，金牌数和奖牌总数均列首位。
=
Team China won 201 gold, 111 silver and 71 bronze medals, topping both the gold and the overall medal tally.

工程于1994年12月14日正式开工，2006年5月20日大坝全线浇筑到185米设计高程。
=
Construction officially started on December 14, 1994, and the dam reached its designed height of 185 meters on
May 20, 2006.

双方还签署了价值约7.5亿欧元的8项合作文件。
=
The two sides also signed eight cooperation documents worth around 750 million euros.

他每月工资6800元，扣除房租2200元，只剩4000多元。
=
He earns 6,800 yuan a month, and is left with a little over 4,000 yuan after paying 2,200 yuan in rent.

游客人数恢复至2019年同期的119.09%。
=
The number of tourists recovered to 119.09 percent of that in the same period of 2019.

70多年来，一代又一代师生接续奋斗。
=
For over seven decades, generations of teachers and students have carried on the endeavor.

“两弹一星”元勋中，有11位曾在这里工作。
=
Eleven of the founders of China's nuclear, missile and satellite programs once worked here.

该药物可将死亡风险降低近九成。
=
The drug can cut the risk of death by almost 90 percent.

演出持续两个小时，吸引了上万名观众。
=
The two-hour show attracted tens of thousands of spectators.

今年前8个月，中欧班列累计开行11638列，同比增长13%，发送货物126万标箱，增长23%。
=
In the first eight months of this year, China-Europe freight trains made 11,638 trips, up 13 percent year on
year, carrying 1.26 million TEUs of goods, up 23 percent.

8月24日13时，日本启动核污染水排海。
=
Japan began releasing nuclear-contaminated water into the sea at 1 p.m. on August 24.

他于2021年9月至2022年6月在麻省理工学院访学。
=
He was a visiting scholar at the Massachusetts Institute of Technology from September 2021 to June 2022.
"""


def pairs() -> list[tuple[str, str]]:
    halves = [block.split("\n=\n") for block in NEWS.strip().split("\n\n")]
    return [(source.replace("\n", ""), target.replace("\n", " ")) for source, target in halves]


@pytest.mark.parametrize(("source", "target"), pairs())
def test_a_correct_sentence_raises_no_alarm(source: str, target: str) -> None:
    findings = run_checks([Pair("1", source, target)], only=CHECKS)
    assert [finding for finding in findings if finding.severity is not Severity.NOTE] == []
