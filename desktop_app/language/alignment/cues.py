"""Words of news that nearly always answer one another in Chinese and English, and surnames in pinyin.

A small list of our own, for alignment only: it says that two sentences may belong together, never how to translate.
English words are stems; a word answers a stem that it begins with.
"""

_WORDS = """
大学 universit|高校 universit colleg|学院 school colleg institut academ|校长 president|副校长 vice
院长 dean director|院士 academician academ|教授 prof|研究生 graduate postgraduate|学生 student
老师 teacher facult|教师 teacher facult|校友 alumn|来宾 guest visitor|嘉宾 guest|会议 meeting conference
座谈会 symposium meeting|论坛 forum|研讨会 symposium seminar workshop|主持 chair host moderat|出席 attend
参加 attend particip took|致辞 speech address|讲话 speech|报告 report|访问 visit|参观 visit tour|来校 visit
调研 visit investigat survey|交流 exchange|合作 cooperat collaborat|协议 agreement|签署 sign|签订 sign
项目 project program|研究 research stud|技术 technolog techni|科技 technolog science|科学 scien|创新 innovat
工程 engineer project|材料 material|能源 energ|环境 environment|经济 econom|社会 societ social|文化 cultur
教育 educat|国际 internat|国家 national countr state nation|政府 government|公司 compan corporation firm
企业 enterpris compan business|集团 group|副总经理 deputy vice|总经理 manager|经理 manager|主任 director
部长 minister|主席 chair president|总统 president|总理 premier prime|首相 prime|市长 mayor|警方 police
警察 police officer|法院 court|法官 judge|律师 lawyer attorney|选举 elect|投票 vote|议会 parliament
医院 hospital|医生 doctor|病毒 virus|疫情 pandemic epidemic outbreak covid|疫苗 vaccin|新冠 covid coronavirus
患者 patient|健康 health|中国 china chinese|美国 u.s us america united|英国 uk british britain
法国 france french|德国 german|俄罗斯 russia|日本 japan|印度 india|韩国 korea|澳大利亚 australia|加拿大 canad
欧洲 europe|欧盟 eu european|联合国 un united|非洲 africa|北京 beijing|上海 shanghai|伦敦 london|乌克兰 ukrain
以色列 israel|伊朗 iran|台湾 taiwan|香港 hong|广西 guangxi|南宁 nanning|城市 cit|市场 market|价格 price
投资 invest|银行 bank|基金 fund|资金 fund|公里 kilomet km mile|汽车 car auto vehicle|飞机 plane aircraft
航班 flight|机场 airport|火车 train|铁路 rail|地铁 subway metro|石油 oil|天然气 gas|钢 steel|气候 climate
水 water|食品 food|农业 agricultur farm|农民 farmer|家庭 famil home|儿童 child|孩子 child kid
女性 women woman female|男子 man|母亲 mother|父亲 father|妻子 wife|丈夫 husband|儿子 son|女儿 daughter
朋友 friend|死亡 death die dead|杀 kill murder|战争 war|军 militar army force|武器 weapon|攻击 attack
安全 secur safe|和平 peace|支持 support|反对 oppos against|批评 critici|谴责 condemn
要求 demand request ask require|表示 said say express|指出 point note|强调 stress emphasi|认为 believ think
宣布 announce declare|声明 statement|发布 release publish issue|调查 investigat inquir survey|数据 data figure
问题 problem issue question|计划 plan|目标 goal target aim|发展 develop|建设 construct build|改革 reform
世界 world global|全球 global world|历史 histor|校史馆 histor museum|博物馆 museum|电影 film movie|音乐 music
艺术 art|比赛 match game competit|球队 team|冠军 champion|足球 football soccer|球员 player|奥运 olympic|书 book
作者 author|记者 reporter journalist|新闻 news|媒体 media|电视 tv television|网络 network internet online
社交 social|手机 phone mobile|软件 software|用户 user|服务 servic|工作 work job|工人 worker|员工 employee staff
罢工 strike|工资 wage pay salar|税 tax|法律 law legal|权利 right|今年 year|去年 last|明年 next|昨天 yesterday
今天 today|周一 monday|周二 tuesday|周三 wednesday|周四 thursday|周五 friday|周六 saturday|周日 sunday
星期一 monday|星期二 tuesday|星期三 wednesday|星期四 thursday|星期五 friday|星期六 saturday|星期日 sunday
下午 afternoon|上午 morning|晚上 evening night|夜 night|早上 morning|成立 found establish
增长 increas grow growth rise|下降 fall drop declin decreas|第一 first|第二 second|第三 third|三 three|四 four
五 five|六 six|七 seven|八 eight|九 nine|但 but however|因为 becaus since|如果 if|因此 therefore so thus
例如 example instance|然而 however|副 vice deputy|新 new|死 die dead death kill|火 fire|海 sea ocean marin
地震 quake|洪 flood|树 tree|动物 animal|狗 dog|鸟 bird|鱼 fish|梦 dream|信 letter believ|钱 money|店 shop store
门 door gate|照片 photo picture|现场 site scene progress|处 department office|部门 department|系 department
中心 cent|实验室 lab|奖 award prize|专家 expert|学者 scholar|代表 represent delegat|代表团 delegat|一行 delegat
领导 lead|党 part|委员 commit member|成员 member|总部 headquarter|基地 base|产业 industr|工业 industr
智能 intelligen smart|绿色 green|碳 carbon|数字 digit|计算 comput|芯片 chip semiconduct|电池 batter
电力 power electric|核 nuclear|太空 space|卫星 satellit|神 god lord|耶和华 lord|王 king|子 son|地 land earth
百姓 people|人民 people
"""
_SURNAMES = """
王 wang|李 li|张 zhang|刘 liu|陈 chen|杨 yang|赵 zhao|黄 huang|周 zhou|吴 wu|徐 xu|孙 sun|胡 hu|朱 zhu|高 gao
林 lin|何 he|郭 guo|马 ma|罗 luo|梁 liang|宋 song|郑 zheng|谢 xie|韩 han|唐 tang|冯 feng|于 yu|董 dong|萧 xiao
程 cheng|曹 cao|袁 yuan|邓 deng|许 xu|傅 fu|沈 shen|曾 zeng|彭 peng|吕 lyu lu lü|苏 su|卢 lu|蒋 jiang|蔡 cai
贾 jia|丁 ding|魏 wei|薛 xue|叶 ye|阎 yan|余 yu|潘 pan|杜 du|戴 dai|夏 xia|钟 zhong|汪 wang|田 tian|任 ren
姜 jiang|范 fan|方 fang|石 shi|姚 yao|谭 tan|廖 liao|邹 zou|熊 xiong|金 jin|陆 lu|郝 hao|孔 kong|白 bai|崔 cui
康 kang|毛 mao|邱 qiu|秦 qin|江 jiang|史 shi|顾 gu|侯 hou|邵 shao|孟 meng|龙 long|万 wan|段 duan|雷 lei|钱 qian
汤 tang|尹 yin|黎 li|易 yi|常 chang|武 wu|乔 qiao|贺 he|赖 lai|龚 gong|文 wen|聂 nie|习 xi|焦 jiao|邢 xing
邰 tai
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for line in text.strip().splitlines() for entry in line.split("|"))
    return {word: tuple(answers) for word, *answers in entries}


WORDS = _table(_WORDS)
SURNAMES = _table(_SURNAMES)
