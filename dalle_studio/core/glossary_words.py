"""Chinese words and what they are in English, beside those of the lexicon and of `core.phrases`.

Each line of a table holds words and their English: ``词 词 = word``. They go before what the lexicon says.
"""

from __future__ import annotations


def pairs(table: str) -> dict[str, str]:
    """Chinese word to English, as a table has them."""
    found: dict[str, str] = {}
    for entry in table.replace("\n", ";").split(";"):
        words, _, english = entry.partition("=")
        found.update(dict.fromkeys(words.split(), english.strip()))
    return found


NOUNS = pairs("""
    书 书本 = book; 帽子 = hat; 海狮 = sea lion; 女王 王后 皇后 = queen; 皇帝 = emperor; 护士 = nurse
    士兵 战士 = soldier; 武士 = samurai; 骑士 = knight; 间谍 = spy; 教授 = professor; 蛋糕 = cake
    盘子 碟子 = plate; 摩天大楼 = skyscraper; 高楼 大楼 = tall building; 宇宙飞船 飞船 太空船 = spaceship
    戒指 = ring; 锅 = pot; 碗 = bowl; 杯子 = cup; 酒杯 = wine glass; 电脑 = computer; 草帽 = straw hat
    头盔 = helmet; 面具 = mask; 柴犬 = Shiba Inu; 哈士奇 = husky; 金毛 = golden retriever; 柯基 = corgi
    小熊猫 = red panda; 麒麟 = qilin; 橘猫 = orange cat; 白马 = white horse; 骏马 = fine horse
    凤凰 = phoenix; 怪物 怪兽 = monster; 英雄 = hero; 海盗 = pirate; 船长 = captain; 水手 = sailor
    猎人 = hunter; 渔夫 = fisherman; 少年 = teenage boy; 少女 = young girl; 美女 = beautiful woman
    帅哥 = handsome man; 模特 = model; 妈妈 母亲 = mother; 爸爸 父亲 = father; 家庭 = family; 朋友 = friend
    情侣 = couple; 司机 = driver; 邮递员 = mailman; 音乐家 = musician; 钢琴家 = pianist; 诗人 = poet
    作家 = writer; 面包师 = baker; 服务员 = waiter; 裙子 = skirt; 长裙 = long dress; 毛衣 = sweater
    西装 西服 = suit; 衬衫 = shirt; 外套 = coat; 夹克 = jacket; 旗袍 = qipao; 汉服 = hanfu robe
    斗篷 披风 = cape; 靴子 = boot; 桌子 = table; 书桌 = desk; 凳子 = stool; 书架 = bookshelf
    台灯 = desk lamp; 路灯 = street lamp; 壁炉 = fireplace; 窗台 = windowsill; 阳台 = balcony
    屋顶 房顶 = roof; 墙 墙壁 = wall; 地板 = floor; 楼梯 = staircase; 桥 = bridge; 塔 = tower
    宝塔 = pagoda; 寺庙 = temple; 宫殿 = palace; 城堡 = castle; 亭子 = pavilion; 灯塔 = lighthouse
    风车 = windmill; 水井 = well; 城市 都市 = city; 城镇 小镇 = small town; 古镇 = old town
    村庄 村子 = village; 街道 街 大街 = street; 马路 公路 = road; 小路 = path; 集市 市场 = market
    港口 码头 = harbor; 机场 = airport; 车站 = station; 房间 = room; 客厅 = living room; 卧室 = bedroom
    厨房 = kitchen; 教室 = classroom; 图书馆 = library; 餐厅 饭店 = restaurant; 咖啡馆 咖啡厅 = cafe
    超市 = supermarket; 商店 = shop; 花园 = garden; 公园 = park; 院子 = courtyard; 农场 = farm
    田野 = field; 稻田 = rice field; 花海 花田 = field of flowers; 草原 = grassland; 草地 草坪 = meadow
    森林 树林 = forest; 丛林 = jungle; 竹林 = bamboo grove; 沙漠 = desert; 沙滩 海滩 = beach
    海岸 海边 = seashore; 大海 海 = sea; 海洋 = ocean; 岛 小岛 海岛 = island; 悬崖 = cliff
    山谷 峡谷 = valley; 山 高山 大山 = mountain; 雪山 = snowy mountain; 山洞 洞穴 = cave
    山顶 = mountaintop; 山坡 = hillside; 河 河流 小河 = river; 小溪 = stream; 湖 湖泊 = lake; 池塘 = pond
    瀑布 = waterfall; 喷泉 = fountain; 天空 = sky; 星空 夜空 = starry sky; 蓝天 = blue sky
    白云 = white cloud; 彩虹 = rainbow; 流星 = shooting star; 银河 星系 = galaxy; 宇宙 = universe
    黑洞 = black hole; 传送门 = portal; 时间机器 = time machine; 机器 = machine; 玩具 = toy; 木偶 = puppet
    娃娃 洋娃娃 = doll; 雕像 雕塑 = statue; 盔甲 = suit of armor; 剑 宝剑 = sword; 刀 = knife; 枪 = gun
    旗帜 旗子 = flag; 灯笼 = lantern; 蜡烛 = candle; 镜子 = mirror; 瓶子 = bottle; 箱子 = box
    篮子 = basket; 绳子 = rope; 梯子 = ladder; 钟 = clock; 球 = ball; 背景 = background; 前景 = foreground
    画面 = picture; 照片 相片 = photo; 图片 图像 = picture; 插画 插图 = illustration; 海报 = poster
    肖像 头像 = portrait; 封面 = cover; 标志 徽标 = logo; 贴纸 = sticker; 壁纸 = wallpaper; 特写 = close-up
    全景 = panorama; 场景 = scene; 风景 景色 = landscape; 夜景 = night view; 世界 = world; 梦境 梦 = dream
    故事 = story; 派对 聚会 = party; 婚礼 = wedding; 音乐会 演唱会 = concert; 早餐 = breakfast
    午餐 = lunch; 晚餐 = dinner; 水印 = watermark; 手指 = finger; 尾巴 = tail; 鼻子 = nose; 嘴 嘴巴 = mouth
    脸 = face; 头 脑袋 = head; 手 = hand; 爪子 = paw; 角 犄角 = horn; 胡子 胡须 = beard; 笑容 微笑 = smile
    影子 = shadow; 形状 = shape; 椰子树 椰树 = palm tree; 橡树 = oak tree; 柳树 = willow tree
    竹子 = bamboo; 花 花朵 小花 = flower; 西瓜 = watermelon; 草莓蛋糕 = strawberry cake; 月饼 = mooncake
    粽子 = zongzi; 包子 = steamed bun; 火锅 = hot pot; 茶杯 = teacup; 动物 = animal; 植物 = plant
    人物 = character; 生物 = creature; 昆虫 = insect; 恐龙 = dinosaur
""")

MASS_NOUNS = pairs("""
    冰 = ice; 面条 = noodles; 裤子 = pants; 鞋 鞋子 = shoes; 衣服 = clothes; 头发 = hair; 眼睛 = eyes
    翅膀 = wings; 耳朵 = ears; 牙齿 = teeth; 羽毛 = feathers; 毛 皮毛 = fur; 家具 = furniture; 水 = water
    茶 = tea; 咖啡 = coffee; 牛奶 = milk; 果汁 = juice; 红酒 葡萄酒 = wine; 啤酒 = beer; 米饭 = rice
    鲜花 = flowers; 花瓣 = petals; 叶子 树叶 = leaves; 落叶 = fallen leaves; 草 = grass; 雪 大雪 = snow
    雨 大雨 雨水 = rain; 雾 = fog; 风 = wind; 火 火焰 = fire; 烟 = smoke; 烟花 = fireworks
    闪电 = lightning; 月光 = moonlight; 阳光 = sunlight; 灯光 = lights; 光 光线 = light
    霓虹灯 = neon lights; 日落 夕阳 落日 = sunset; 日出 = sunrise; 黄昏 傍晚 = dusk; 黎明 = dawn
    夜晚 晚上 夜 = night; 早晨 早上 清晨 = morning; 中午 = noon; 冬天 冬季 = winter; 夏天 夏季 = summer
    春天 春季 = spring; 秋天 秋季 = autumn; 海浪 波浪 = waves; 沙子 = sand; 泥土 = soil
    太空 外太空 = outer space; 星星 = stars; 云海 = a sea of clouds; 音乐 = music; 文字 字 = text
    质量 = quality; 细节 = details; 色彩 颜色 = colors; 木头 = wood; 玻璃 = glass; 金属 = metal
    石头 = stone; 纸 = paper; 塑料 = plastic; 水晶 = crystal; 巧克力 = chocolate; 食物 = food; 水果 = fruit
    蔬菜 = vegetables; 长城 = the Great Wall; 故宫 紫禁城 = the Forbidden City
    埃菲尔铁塔 = the Eiffel Tower; 金字塔 = the pyramids; 北京 = Beijing; 上海 = Shanghai; 东京 = Tokyo
    巴黎 = Paris; 纽约 = New York; 伦敦 = London; 月球 = the moon; 威尼斯 = Venice; 中国 = China
    日本 = Japan; 火星 = Mars; 地球 = planet Earth; 孙悟空 = Sun Wukong; 他 = he; 她 = she; 它 = it
    他们 她们 它们 = they; 我 = I; 你 = you; 我们 = we; 大家 = everybody; 人们 = people; 人群 = a crowd
    孩子们 = children; 北极 = the North Pole; 南极 = Antarctica; 海底 = the seabed
""")
"""Without an article: what is not counted, several, or a name."""

ADJECTIVES = pairs("""
    可爱 萌 呆萌 = cute; 漂亮 美丽 好看 唯美 = beautiful; 帅气 英俊 = handsome; 优雅 = elegant
    华丽 = gorgeous; 丑陋 丑 = ugly; 大 = big; 巨大 巨型 超大 = giant; 小 = small; 微小 迷你 = tiny
    高 高大 = tall; 矮 = short; 长 长长 = long; 短 = short; 胖 胖乎乎 肥 = chubby; 瘦 = thin
    圆 圆圆 圆滚滚 = round; 方 方形 = square; 老 年老 = old; 旧 破旧 = worn; 古老 = ancient; 年轻 = young
    新 = new; 新鲜 = fresh; 现代 = modern; 古代 = ancient; 古典 = classical; 传统 = traditional
    复古 = vintage; 未来 未来感 = futuristic; 快乐 开心 高兴 欢快 = happy; 悲伤 难过 伤心 = sad
    生气 愤怒 = angry; 搞笑 滑稽 = funny; 疯狂 = mad; 严肃 = serious; 安静 宁静 = quiet; 害羞 = shy
    懒洋洋 慵懒 懒 = lazy; 困 疲惫 = sleepy; 饥饿 饿 = hungry; 好奇 = curious; 勇敢 = brave; 聪明 = clever
    凶猛 凶 = fierce; 威武 强壮 = mighty; 神秘 = mysterious; 神奇 魔法 = magical; 奇怪 = strange
    独特 = unique; 普通 = ordinary; 毛茸茸 蓬松 = fluffy; 柔软 = soft; 光滑 = smooth; 闪亮 闪闪发光 = shiny
    发光 = glowing; 明亮 亮 = bright; 昏暗 暗 黑暗 = dark; 鲜艳 = vivid; 彩色 五彩 五彩缤纷 缤纷 = colorful
    透明 = transparent; 木制 木质 木 = wooden; 干净 = clean; 脏 = dirty; 热 热腾腾 = hot; 冷 寒冷 = cold
    温暖 温馨 = cozy; 美味 好吃 = delicious; 晴朗 = sunny; 平静 = calm; 热闹 繁忙 = busy; 空 = empty
    空旷 = wide; 孤独 寂寞 = lonely; 浪漫 = romantic; 梦幻 = dreamy; 奇幻 魔幻 = fantasy
    科幻 = science fiction; 赛博朋克 = cyberpunk; 蒸汽朋克 = steampunk; 写实 逼真 真实 = realistic
    超现实 = surreal; 抽象 = abstract; 极简 简约 = minimalist; 精致 精美 = exquisite; 细腻 = delicate
    高清 超清 = high resolution; 高质量 高品质 = high quality; 低质量 = low quality; 模糊 = blurry
    变形 = deformed; 多余 = extra; 卡哇伊 = kawaii; 可怕 恐怖 吓人 = scary; 邪恶 = evil
    善良 友好 = friendly; 忧郁 = melancholy; 巧克力色 = chocolate brown; 米色 = beige; 深蓝色 = dark blue
    浅蓝色 = light blue; 深绿色 = dark green; 浅绿色 = light green; 深红色 = deep red; 条纹 = striped
    斑点 = spotted; 中式 中国风 = Chinese style; 日式 = Japanese style; 欧式 = European; 飞行 会飞 = flying
    冰冻 结冰 = frozen; 下雪 = snowy; 下雨 = rainy; 有雾 = misty; 雄伟 壮观 宏伟 = majestic; 金黄 = golden
    雪白 = snow white; 笑 = smiling; 丰富 = rich; 细节丰富 = richly detailed; 光线柔和 = softly lit
    电影感 = cinematic; 油腻 = greasy; 神圣 = sacred; 野生 = wild
""")

VERBS = pairs("""
    骑 乘 乘坐 = riding; 开 驾驶 驾 = driving; 划 = rowing; 拿 握 手持 手拿 = holding; 抱 搂 怀抱 = hugging
    举 = holding up; 捧 提 端 手捧 = holding; 撑 打 = holding; 弹 弹奏 演奏 拉 吹 = playing
    玩 = playing with; 读 阅读 = reading; 看 望 观看 = watching; 盯 凝视 = staring at; 挥舞 = waving
    叼 = holding in its mouth; 扛 背 = carrying; 吃 啃 享用 = eating; 喝 = drinking; 舔 = licking
    品尝 = tasting; 戴 佩戴 头戴 = wearing; 穿 身穿 身着 = wearing; 披 系 围 = wearing; 推 = pushing
    拖 = pulling; 追 追赶 追逐 = chasing; 牵 = leading; 跟 跟着 = following; 面对 对 = facing
    靠 靠近 挨 = leaning on; 飞过 飞越 = flying over; 越过 跳过 = jumping over; 画 = painting; 写 = writing
    做 制作 = making; 买 = buying; 卖 = selling; 洗 = washing; 修 修理 = repairing; 种 = planting
    浇 = watering; 踢 = kicking; 扔 = throwing; 抓 捉 = catching; 抬 搬 = lifting; 踩 = riding
    拥抱 = hugging; 亲吻 亲 = kissing; 保护 = protecting; 拍 拍摄 = photographing; 寻找 找 = looking for
    想 思考 = thinking of; 听 = listening to; 爬 爬上 = climbing; 穿过 走过 = walking through
    变成 = turning into; 像 好像 = like; 充满 = full of; 堆满 = piled with; 挂满 = hung with
    长满 开满 = full of; 覆盖 = covered with; 装饰 = decorated with; 照亮 = lighting up; 环绕 = surrounding
    打扮成 扮成 = dressed as; 印有 写有 = with the words; 用 使用 = using; 组成 = made up of
    打破 = breaking; 探索 = exploring
""")

ACTS = pairs("""
    走 走路 行走 = walking; 散步 = taking a walk; 跑 奔跑 跑步 = running; 跳 跳跃 = jumping
    跳舞 起舞 = dancing; 飞 飞翔 飞舞 = flying; 游 游泳 = swimming; 睡 睡觉 沉睡 = sleeping; 休息 = resting
    放松 = relaxing; 度假 = on vacation; 大笑 = laughing; 哭 哭泣 = crying; 唱歌 歌唱 = singing
    玩耍 嬉戏 = playing; 工作 = working; 等待 等 = waiting; 漂浮 悬浮 飘浮 = floating; 冲浪 = surfing
    闲逛 逛 = strolling; 购物 = shopping; 买菜 = shopping for groceries; 盛开 绽放 = in bloom
    坐 坐下 = sitting; 站 站立 = standing; 躺 = lying; 趴 = lying; 蹲 = crouching; 停 停靠 = parked
    做饭 做菜 烹饪 下厨 = cooking; 打坐 冥想 = meditating; 滑雪 = skiing; 滑冰 = ice skating
    钓鱼 = fishing; 露营 = camping; 旅行 = traveling; 打架 战斗 = fighting; 聊天 = talking
    开会 = in a meeting; 上课 学习 = studying; 写作 = writing; 画画 = painting; 拍照 = taking photos
    燃烧 = burning; 融化 = melting; 爆炸 = exploding; 落下 = falling; 升起 = rising; 站着 = standing
    坐着 = sitting; 躺着 = lying; 吃饭 = having a meal; 喝茶 = drinking tea; 打电话 = talking on the phone
    写字 = writing; 敬礼 = saluting; 飞驰 疾驰 = speeding; 坐落 = standing; 开派对 = having a party
    野餐 = having a picnic; 合影 = posing for a photo; 跳水 = diving; 打篮球 = playing basketball
    踢足球 = playing football; 骑车 = riding a bicycle; 开车 = driving a car; 看书 = reading a book
    看电视 = watching television
""")

SPOTS = pairs("""
    上 上面 上边 之上 身上 头上 顶上 = on; 里 里面 里边 中 之中 内 内部 = in
    下 下面 下边 底下 之下 = under; 上方 上空 正上方 头顶 = above; 下方 = below
    左边 左侧 左面 = to the left of; 右边 右侧 右面 = to the right of
    旁边 旁 边 身边 附近 身旁 边上 = next to; 前 前面 面前 前方 身前 = in front of
    后 后面 背后 身后 后方 = behind; 之间 中间 = between; 周围 四周 = around; 对面 = across from
    背上 = on the back of; 外 外面 = outside; 中央 = in the middle of; 表面 = on the surface of
    深处 = deep in; 脚下 = at the foot of; 尽头 = at the end of; 手里 手中 手上 = in the hand of
""")

COUNTS = pairs("""
    一 一个 单 = 1; 两 二 俩 = two; 三 仨 = three; 四 = four; 五 = five; 六 = six; 七 = seven; 八 = eight
    九 = nine; 十 = ten; 几 好几 = several; 一些 有些 = some; 许多 很多 众多 大量 好多 = many
    无数 = countless; 数百 几百 = hundreds of; 成千上万 = thousands of; 一群 = a group of; 一堆 = a pile of
    一排 = a row of; 一对 一双 = a pair of; 半 = half; 这 这个 = this; 那 那个 = that; 每 每个 = every
    各种 各种各样 = all kinds of; 整个 = the whole; 另一 另 另外 = another
""")

MEASURES_MEAN = pairs("""
    杯 = cup; 碗 = bowl; 束 = bunch; 片 = slice; 群 = group; 双 对 = pair; 瓶 = bottle; 盘 = plate
    堆 = pile; 排 = row; 箱 盒 = box; 篮 = basket; 壶 = pot; 袋 = bag; 桶 = bucket; 块 = piece; 串 = string
    滴 = drop; 队 = line
""")

LITTLE = pairs("""
    和 与 跟 以及 还有 及 并且 并 而且 同时 = AND; 的 = DE; 在 位于 = AT; 从 = FROM; 有 有着 = HAVE
    是 = IS; 没有 没 无 不带 不 = NOT
    了 着 过 地 得 吧 呢 吗 啊 呀 正 正在 也 都 就 还 又 再 很 最 更 太 非常 特别 十分 = SKIP
    超级 极其 一起 在一起 们 请 请画 画一 我想要 我想 想要 帮我 给我 被 把 让 以 其 感 系 款 所 之 而 = SKIP
    风格 风 样式 画风 效果 = STYLE
""")
