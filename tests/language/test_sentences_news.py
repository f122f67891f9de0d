"""Sentences as news has them: every line is a text of our own, with ``|`` where a reader would set the boundary."""

import pytest

from desktop_app.language.sentences import segmenter

ENGLISH = """
The museum opened on Monday. |More than 3,000 people came.
Prof. Chen Yu and Dr. Amy Holt led the team. |Mr. Li, Mrs. Gu and Ms. Ray joined them.
Assoc. Prof. Sun Wei chaired the session. |Gen. Harris and Sen. Lopez spoke.
Gov. Maria Stone met Rev. Paul Otis at St. Mary’s Hall. |Lt. Col. Brandt was absent.
J. K. Rowling wrote the foreword. |George W. Bush sent a letter. |John F. Kennedy Jr. was honored.
The prize went to Samuel L. Jackson and T. S. Eliot. |It was the third award.
The U.S. economy grew 3.1 percent. |The U.K. Treasury was cautious.
He moved to the U.S. |The job was waiting. |She stayed in Washington, D.C. |In March they met.
The talks were held by the U.N. |However, no deal was signed. |The E.U. Commission will reply.
A U.S. Navy ship left at dawn. |The U.S. President arrived later.
The bus leaves at 9:30 a.m. and returns at 6 p.m. |Tickets cost $4.50.
The gate opens at 8 a.m. Monday and closes at 5 p.m. Sunday. |Bring your card.
The ceremony ended at 4 p.m. |The guests then toured the campus. |Dinner was at 7 p.m. Beijing time.
At 5 a.m. Mr. Cole heard the alarm. |By 6 a.m. the fire was out.
The dynasty fell in 1644 A.D. |Its last ruler fled. |The wall dates to 214 B.C. and later.
See Fig. 3 and Eq. 2 for details. |No. 5 is missing. |Vol. 12, No. 4, pp. 33-40.
He said no. |Nobody asked again.
The answer was simple. |No one knew it.
She earned a Ph.D. in 2012. |He holds an M.B.A. from Yale and a B.A. from Duke.
She completed her Ph.D. |Two years later she came back.
They met on Jan. 24 and again on Feb. 3. |The next meeting is in Sept. 2025.
The deadline is Dec. 31. |Applications open in Aug. |The committee decides in Oct. 2024.
Haixin Steel Co., Ltd. signed first. |Apple Inc. and Ford Motor Co. followed. |Then Tata Corp. joined.
She joined Acme Inc. |In 2020 she left. |He works for Baker Bros. and Sons.
The firm sells tools, paint, etc. |Prices start at $5.
They sell tools, paint, etc. |The shop is closed on Mondays.
Some crops, e.g. rice, grew well. |Others, i.e. wheat and corn, did not. |Tokyo vs. Osaka is next.
Li et al. published the data. |The work by Zhou et al. |The journal refused it.
The value of pi is about 3.14. |Version v2.0.1 fixed it. |Revenue rose 12.5% to $1.2 million.
Node.js and ASP.NET are taught. |Visit www.univ.edu.cn for more. |Write to j.smith@univ.ac.uk today.
The files are at https://data.example.org/v1.2/a.html. |Download them now.
See example.com/News.html. |It was updated.
“We are ready,” he said. |“It took years,” she added.
“Are you coming?” she asked. |“Of course!” he shouted. |They left.
“Is it safe?” Zhang Wei asked. |“Yes!” Prof. Liu Min replied.
“It is done.” |Then the room fell silent.
He called it “a milestone.” |Wang said the project would go on.
“We did it!” |The crowd cheered.
"We will go on," Chen said. |"It is our duty." |The hall applauded.
“Come in,” he said. |“Sit down.” |She sat.
He asked, “Who will pay?” |No one answered.
The sign read “No Entry.” |He went in.
Her answer was “Why not?” and she smiled.
He shouted “Stop!” and ran.
“The new laboratory will open its doors next spring. |It will serve students from all over China,” said Dean Ma.
He said: “The year ahead is decisive for our school. |We must seize the day. |Nobody will do it for us.” |It rained.
“How far is it to the next station? |We have been walking since early this morning,” the oldest asked.
The play “Who’s Afraid of Virginia Woolf?” opens on Friday. |Seats are free.
“They said, ‘We can wait.’ So we did,” she recalled. |Work began in May.
“He asked me, ‘Can you do it?’” she said. |“I said yes.”
The students’ union met on Friday. |The teachers’ choir sang. |It’s the dean’s idea.
Rock ’n’ roll was big in the ’60s. |It came back.
The event (see below) was long. |(Photo by Li Na) |It ended at noon.
The dean (who had flown in from Paris the night before.) spoke first. |He was brief.
(The talk was streamed online.) |More than 500 people watched.
He paused... |Then he went on. |“Well… I never knew.”
We waited … and waited. |Nothing happened.
I thought... I would win.
What?! |Really?? |Yes!!!
The industry.|The conference was held in May.
It was late.|He left. |She stayed.
The growth was 5%.|This was a record. |The fund reached 300 million.|Experts were surprised.
The plan has three goals: 1) Save water. |2) Save power. |3) Save time.
1. Open the lid. |2. Fill the tank. |3. Close the lid.
Three tasks remain: (1) planning; (2) building; (3) testing. |All begin soon.
He came first; she came second. |Both won.
Vitamin C. is not a name, but Plan B is.
This is the end of Part I. |It was long. |Part II begins now.
World War II. |The phrase was new.
King George V. |He reigned for years.
The temperature fell to -3.5 C. |The lake froze.
She turned left on Main St. |The bank was closed.
Mt. Tai and St. Petersburg are far apart. |Ft. Worth is hot.
He is 5 ft. 9 in. tall. |The bag weighs 20 lb. |It is heavy.
The ship, the S.S. Minnow, sank. |H.M.S. Beagle did not.
“One World, One Dream.” was the slogan in 2008.
Why now? |Because it matters. |Who gains? |Everyone.
The company, Yahoo! Inc., was sold. |Verizon bought it.
The iPhone sold out. |eBay reported it. |iOS 17 came next.
2023 was warm. |2024 was warmer. |“2025 may be worse,” he said.
Editor: Li Na. |Photo: Wang Bo. |Source: School of Art.
Wang (left) shook hands with Smith (right). |Both smiled.
— Who is there? |— It is me.
He was born in St. Louis, Mo. |His father was a judge.
The study appeared in Nature.[1] |It was cited often.[2][3] |Others disagreed. [4] |Why?
The price is RMB 3.5 billion (approx. $500 million). |It includes tax.
The U.S.-China forum opened. |U.S.-based firms came.
Attendees included Dr. R. Patel, Ph.D., M.D., and others. |They voted.
Tel. 010-6233 4455. |Fax 010-6233 4466.
Mr. Wang came.  |Ms. Li left.   |They met later.
He said: “First we plan. Then we build. Then we test.” |It took a year.
The law (Art. 5, Sec. 2) is clear. |Para. 3 is not.
The rate was 0.5 p.p. higher. |Nobody noticed.
Approx. 300 people came. |Est. 1952, the school is old.
"Is this the right way?" asked the visitor. |"It is!" cried the guide.
The year’s best film, “Hero!”, won. |Critics cheered.
He scored in the 90th min. and won. |The fans sang.
"""

CHINESE = """
会议于周一召开。|三百余人参加。
真的吗？|当然！|太好了……|我们走吧。
“我们准备好了。”他说。|“这花了很多年。”她补充道。
“你来吗？”她问。|“当然！”他喊道。|他们走了。
他说：“好。”|随后，双方签约。
校长指出：“人才是第一资源。”|会议由副校长主持。
他说：“今年是学校发展的关键一年，任务很重。|我们要抓住机遇，把各项工作做扎实。”|会后，代表们参观了校园。
“今年是学校发展的关键一年，任务很重。|我们要抓住机遇，把各项工作做扎实。”校长说。|大家鼓掌。
“真的吗？太好了！”他说。
“学无止境。”老师告诉学生们。|大家记住了这句话。
“这是我的梦想。”谈到未来，李明说。|他今年二十岁。
“这次经历让我难忘！”来自材料学院的王同学激动地说。|活动持续三天。
“项目进展顺利。”他说，“明年可以完工。”|记者注意到，工地很忙。
“为什么要这样做？”这是很多人的疑问。
“一带一路”倡议提出十年了。|成果很多。
他高喊“加油！加油！”向前跑去。|大家都笑了。
他们以“求实！创新！”为口号。|口号响亮。
他问“为什么？”时，没有人回答。
《红楼梦》是名著。|《你好，李焕英！》上映了。|我看了《谁是凶手？》和《走吧！》。
我们明天去看《流浪地球！》好吗？|好。
老师告诉我：‘要坚持。’|我记住了。
“我们将以此为起点，继续深化合作。”李明表示，双方将共建实验室。
“我们将以此为起点，继续深化合作。”|本周，学校党委书记在接受采访时表示，双方将共建实验室。
他说：“老师常讲‘行百里者半九十。’我一直记得。”|大家点头。
「你好。」他說。|「再見！」她答道。
他問：「真的嗎？」|我說：「真的。」|他走了。
『天下為公。』是他的話。
增长3.5%，达到1.2亿元。|圆周率约为3.14。
版本为v2.0.1。|见www.example.edu.cn/a?b=1。|邮箱a.b@c.edu.cn。
请访问https://www.example.com/news/2024.html。|谢谢。
使用Node.js开发。|J.K.罗琳来访。|No.5实验室开放。
约翰.史密斯表示，他很高兴。|大卫.李也来了。
Prof. Li作报告。|Dr. Wang主持。
论文发表在Nature.|该成果引起关注。
今天很好.|明天再来.
你好!|欢迎来到北京!
真的吗?|当然是真的!
他说:"你好." |然后走了。
Yahoo!邮箱关闭了。|用户很多。
（一）加强领导。|（二）完善制度。|（三）注重实效。
一、总体要求。|二、主要任务。|三、保障措施。
1.加强管理。|2.提高质量。|3.服务社会。
①调研。|②论证。|③实施。
会议强调：（1）加强管理；（2）提高质量；（3）服务社会。|会议要求抓好落实。
会议；座谈；参观。|行程紧凑。
他想了想……还是没有去。
时间过得真快……|今天，他们毕业了。
项目包括材料、机械、冶金……等领域。
……他终于开口了。
活动圆满结束。|（通讯员 张三 摄影 李四）
本报讯（记者 王五）昨日，大会开幕。|三千人参加。
代表（来自五个国家。）发言。|大家鼓掌。
大会开幕（图为会场。摄影：李四）。|代表入场。
【最新消息】大会开幕。|【链接】详情见官网。
新华社北京1月1日电 大会今天开幕。|代表来自各地。
知识就是力量。——培根
“路漫漫其修远兮，吾将上下而求索。”——屈原
2024年1月24日上午9:30，会议开始。|12:00结束。
他获得Ph.D.学位。|现任教授。
美国（U.S.）代表团来访。|团长是John Smith。
你说什么？！|我不信！！！|好吧。。。
“好！”|“很好！”
他笑了：“没问题！”|她也笑了。
“请问，图书馆在哪里？”一位新生问。|“在前面。”志愿者答。
他说“再见。”|然后走了。
“这很难。”他坦言，“但值得。”
小说很好看。|他是顾问。|这是报道。
“故事很感人。”|这部小说打动了很多人。
“很高兴来到这里，”史密斯说，“谢谢大家。”|掌声响起。
他提出三点建议：一是加强交流；二是联合培养；三是共建平台。|校长表示赞同。
会议由李明主持。
第一段。
“他说：‘走吧。’”老人回忆道。|他哭了。
获奖者是谁？|是他。|为什么？|因为努力。
《光明日报》（2024年1月24日）报道了此事。|反响热烈。
我校位列第50位[1]。|较去年上升3位。[2]|成绩喜人。
李华：“谢谢！”|王明：“不客气！”
The conference was held in Beijing. |It ended on Friday.
会议主题为“Green Steel. Better Life.”。|会议为期三天。
温度为-3.5℃。|湿度为60%。
他今年18岁，身高1.8米。|她17岁。
他引用了《论语》：“学而时习之，不亦说乎？”并解释了含义。|大家鼓掌。
“学而时习之，不亦说乎？”并解释了含义。
他问：“你好吗？”并且笑了笑。
他写下一句：“为人民服务！”这句话至今挂在墙上。
墙上有一行字：“今天你微笑了吗？”成为校园一景。
论坛以：“未来在哪里？”为题展开。
他用这句诗：“路漫漫其修远兮！”来勉励学生。
题目是：“我们为什么学习？”一文发表后引起反响。
他问：“是谁？”而不是喊人。
他说：“加油！”|这句话感动了很多人。
他说：“谢谢！”|是老师改变了他的一生。
他说：“好！”|作为校长，他很高兴。
他说：“我们要努力。”|来自各地的学生鼓掌。
校长说：“好。”|并非所有人都同意。
他说：“好。”|而记者注意到，天黑了。
他说：“好。”|一句话，大家都明白了。
"""


def _cases(text: str) -> list[str]:
    return text.strip("\n").split("\n")


@pytest.mark.parametrize("case", _cases(ENGLISH))
def test_english_news(case: str) -> None:
    assert segmenter("en").split(case.replace("|", "")) == case.split("|")


@pytest.mark.parametrize("case", _cases(CHINESE))
def test_chinese_news(case: str) -> None:
    assert segmenter("zh").split(case.replace("|", "")) == case.split("|")
