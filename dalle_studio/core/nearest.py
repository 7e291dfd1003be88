"""Everyday words that mean something a model knows by another name, and the words that are no typing errors.

The tables name more than any one lexicon has: an entry counts only where the lexicon has one of its targets.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from dalle_studio.core.reading_tags import listed, table

ENGLISH = table("""
    kitten, kitty, kitties, tomcat, feline, pussycat, tabby = cat; puppy, pup, hound, corgi, labrador,
    canine, doggy, doggo, retriever, dachshund, bulldog, beagle, husky, terrier, collie, dalmatian,
    chihuahua, pug, golden retriever, german shepherd, shiba = dog; stallion, mare, pony, foal, steed, colt,
    mustang = horse; automobile, vehicle, sedan, convertible, motorcar, hatchback, cars, sports car, race car
    = car | racing car; pickup, lorry, truck, van, minivan = pickup truck | truck | delivery truck | car;
    jeep = suv | car; coach, minibus, school bus = bus; cab = taxi; ship, cruise ship, ferry, vessel,
    freighter = ship | sailboat; boat, yacht, sailing boat, sailing ship = sailboat | ship | canoe |
    speedboat; kayak, rowboat, rowing boat, gondola, raft = canoe | sailboat; motorboat = speedboat |
    sailboat; jet, airliner, aeroplane, aircraft, jumbo jet, plane, biplane = airplane | small airplane;
    chopper = helicopter; cycle, tricycle = bicycle; moped, vespa = scooter | motorcycle; train, locomotive,
    railway = train | steam train | high-speed train; streetcar, trolley = tram | bus; spacecraft, space
    ship, spaceship, shuttle, space shuttle = rocket | flying saucer; flying saucer, alien ship = ufo |
    flying saucer; lady, mother, mom, mum, aunt, wife, female, women, waitress, actress, bride, housewife,
    madam = woman | girl; guy, gentleman, dude, father, dad, uncle, husband, male, person, human being,
    worker, driver, people, groom, waiter, sailor, tourist, businessman, boss, actor, neighbour, neighbor,
    hunter, fisherman = man | woman; kid, child, son, lad, toddler, schoolboy, teenager, brother = boy | girl
    | baby; daughter, sister, schoolgirl, lass = girl | woman; infant, newborn = baby; grandpa, granddad, old
    guy, elder, elderly man = old man | man; grandma, granny, old lady, elderly woman = old woman | woman;
    cosmonaut, spaceman, space man, spacewoman = astronaut; physician, surgeon, nurse = doctor; cop,
    policeman, policewoman, sheriff, guard = police officer; fireman = firefighter; baker, cook = chef;
    sorcerer, magician, witch, warlock, mage = mage | wizard | witch; knight, warrior, samurai = knight |
    samurai | ninja | prince; king, emperor = king | prince; queen, empress = queen | princess; pirate =
    pirate | man; cowboy, cowgirl = cowboy | man | farmer; android, cyborg, droid, automaton = robot;
    martian, extraterrestrial, et = alien; spirit, phantom, specter, spectre = ghost; jester = clown; santa,
    father christmas, saint nicholas = santa claus; stuffed bear, toy bear, teddy, teddies, plush bear,
    stuffed animal, plushie = teddy bear; grizzly, grizzly bear, cub = bear; ice bear = polar bear; panda
    bear = panda; bunny, hare, bunnies = rabbit; rat, hamster, gerbil, mole, guinea pig, shrew = mouse |
    hamster; piglet, hog, swine, boar, warthog = pig | boar; calf, bull, cattle, ox, buffalo, bison = cow |
    ox | water buffalo; lamb = sheep | ewe; kid goat, billy goat = goat; moose, elk, reindeer, antelope,
    gazelle, fawn, doe, caribou = deer | stag; ape, chimp, chimpanzee, orangutan, baboon = monkey | gorilla;
    panther, cheetah, jaguar, puma, cougar = leopard | tiger; lioness = lion; coyote, jackal = wolf | fox;
    vixen = fox; donkey, mule = donkey | horse; pterodactyl, stegosaurus, dino, raptor, velociraptor,
    triceratops, godzilla = t-rex | brontosaurus; tyrannosaur = t-rex; wyvern, hydra = dragon; pegasus =
    unicorn | horse; rhino = rhinoceros; hippo = hippopotamus; hen, chicken = chicken | rooster; cock,
    cockerel = rooster; sparrow, robin, pigeon, dove, finch, crow, raven, seagull, gull, songbird, bluebird,
    canary, hummingbird = bird | dove; hawk, falcon, vulture, condor = eagle; macaw, parakeet, cockatoo =
    parrot; goose, geese, duckling, mallard, rubber duck = duck | goose | swan; stork, crane, heron, pelican,
    ibis = flamingo | bird | swan; ostrich, emu, turkey = turkey | peacock | chicken; toad, tadpole = frog;
    alligator, gator, caiman = crocodile; tortoise, sea turtle, terrapin = turtle; gecko, iguana, chameleon,
    salamander, newt = lizard; serpent, cobra, python, viper = snake; slug = snail; moth = butterfly; wasp,
    bumblebee, hornet = bee; tarantula = spider; beetle, ladybird, bug = ladybug | beetle; orca, blue whale,
    killer whale, humpback = whale; porpoise = dolphin; sea lion, walrus, otter = seal | otter; goldfish,
    koi, clownfish, carp, trout, salmon, tuna = fish | tropical fish; squid, kraken = octopus | squid; prawn,
    crayfish = lobster | shrimp; flower, blossom, bloom, daisy, lily, poppy, orchid, daffodil, carnation,
    peony, wildflower = flower | rose | tulip | sunflower; flowers, bunch of flowers, floral arrangement =
    bouquet | tulip | rose; red rose = rose; tree, oak, maple tree, willow, birch, apple tree = tree |
    deciduous tree; fir, pine, spruce, cedar = pine tree | evergreen tree; xmas tree = christmas tree; palm =
    palm tree; bush, shrub, houseplant, plant, fern, bonsai = potted plant | tree; toadstool, mushrooms,
    fungus = mushroom; clover, shamrock = four leaf clover; leaf, leaves = maple leaf; sakura = cherry
    blossom; burger, cheeseburger = hamburger | burger; fries, chips = french fries; donut = doughnut |
    donut; noodles, ramen, soup, bowl of soup, bowl of noodles, stew, broth = bowl of soup | bowl of ramen;
    pasta, noodle, macaroni, lasagna = spaghetti | bowl of ramen; cake, wedding cake, chocolate cake =
    birthday cake | cake; muffin, brownie = cupcake; biscuit, cracker = cookie; ice cream, gelato, sundae,
    popsicle = ice cream cone; candy, sweets = lollipop; coffee, tea, hot chocolate, cup of tea, espresso,
    latte, mug, cappuccino, cocoa = cup of coffee; wine = glass of wine; beer, ale, lager = beer mug;
    martini, drink, juice, lemonade, orange juice, soda = cocktail | tropical drink | bubble tea; boba, milk
    tea = bubble tea; toast, baguette, bun, bagel = bread | loaf of bread | bagel; egg, eggs = egg | fried
    egg; pepper, chilli = chili pepper; fruit, fruits = apple; vegetable, vegetables, lettuce, cabbage,
    spinach = salad | broccoli | carrot; citrus, lime, grapefruit = lemon; berry, raspberry, blueberry =
    strawberry | cherries; melon = watermelon; aubergine = eggplant; maize = corn; suit, tuxedo, blazer =
    suit | tuxedo | necktie; tennis = tennis racket | tennis ball | tennis; unicycle = unicycle | bicycle;
    shiba inu = dog; beret, turban = beret | top hat; present, gift, parcel, presents = gift box; box,
    carton, crate = cardboard box | gift box; bag, purse, shopping bag, tote = handbag | shopping bags;
    rucksack, schoolbag = backpack; baggage, trunk case, briefcase = suitcase; sofa, couch, armchair, settee
    = sofa | chair | armchair; stool, bench, armchair, throne, seat = chair | bench | throne; hat, bowler
    hat, tophat, fedora, cylinder hat, cowboy hat, sombrero, straw hat, witch hat, wizard hat, party hat =
    top hat; cap, beanie, baseball hat, helmet = baseball cap; tiara, coronet = crown; spectacles,
    eyeglasses, monocle, goggles = glasses; shades = sunglasses; tie, bow tie, bowtie = necktie; shirt,
    tshirt, tee, sweater, jumper, hoodie, blouse, jacket, coat = t-shirt | coat; pants, trousers = jeans;
    gown, skirt = dress; shoe, shoes, sneakers, trainers, boots, boot = sneaker | running shoe; heels,
    stiletto, stilettos = high heel shoe; parasol = umbrella | beach umbrella; football, soccer = soccer
    ball; ball = soccer ball | basketball; guitar player = singer; fiddle, cello = violin; horn instrument =
    trumpet; drums, drum kit, bongo = drum; keyboard, piano = piano; pc, notebook computer, macbook, monitor
    = laptop | computer; tv set, telly, screen = television; cell phone, cellphone, iphone, mobile =
    smartphone | mobile phone; lamp, lightbulb, bulb = lamp | light bulb | candle; lantern = paper lantern;
    clock = clock | alarm clock; pen, crayon = pencil; brush = paintbrush; novel, textbook, tome = book;
    books = stack of books | books; sword, swords, katana, blade = sword | crossed swords; hatchet = axe;
    gem, jewel, ruby, emerald, sapphire = gemstone; trophy cup = trophy; cup = cup of coffee; dishes = dinner
    plate; jar, urn, pitcher, jug = vase; kettle, samovar = teapot; blaze, bonfire, campfire, flames = fire;
    pumpkin, jack o lantern = pumpkin | jack-o'-lantern; trolley cart, cart, grocery cart, shopping trolley =
    shopping cart; home, cottage, cabin, villa, mansion = house | hut | house with a garden; hut, shack =
    hut; skyscraper, building, tower = office building; palace, fortress, fort = castle; pagoda, temple,
    shrine = japanese castle | pagoda; chapel, cathedral = church; merry-go-round = carousel horse; big top =
    circus tent; fuji = mount fuji; moon = full moon; crescent = crescent moon; asteroid, meteor, shooting
    star = comet; saturn, mars, jupiter, venus = planet; earth, globe = planet earth; love heart = heart;
    smiley = moon; skeleton = skull; hot air balloon, balloons = balloon; beach, seaside, shore, seashore,
    coast, sand = beach | on a beach; sea, waves, ocean, water = ocean | sea; outer space, galaxy, cosmos,
    universe, milky way, space, nebula, another dimension, stars, spacewalk, zero gravity, starfield = in
    outer space | space; lunar surface, moon surface = on the moon; forest, woods, woodland, woodlands, grove
    = forest; rainforest, jungle = jungle; sahara, dunes, desert = desert; snow, winter, blizzard, ski slope,
    arctic, antarctica, north pole, tundra, ice = snow | in the snow; mountain, mountains, alps, hills, hill,
    peak, himalayas = in the mountains | mountain; meadow, grassland, field of flowers, prairie, lawn, grass
    = meadow; farm, farmland, farmyard, barn, countryside, field = farm; underwater, seabed, coral reef,
    under water, sea floor, deep sea, aquarium = underwater; sunset, dusk, sunrise, dawn, twilight = at
    sunset; night, midnight, moonlight, starry night, starry sky, night sky, nighttime = at night; cave,
    cavern, grotto = cave; park = park; rain, rainstorm, thunderstorm, storm, monsoon = in the rain; autumn,
    autumn forest = in autumn; city, downtown, metropolis, new york, tokyo, paris, london, manhattan,
    skyline, times square = in a city; street, road, alley, village, town, sidewalk, highway = on a street |
    street; living room, lounge, parlor, room, apartment = in a living room; bedroom = in a bedroom; kitchen
    = in a kitchen; supermarket, grocery store, grocery shop, grocery, groceries, store, shop, mall, market,
    grocery shopping, buying groceries = shopping for groceries | in a grocery store | supermarket; garden,
    backyard, yard = in a garden; library, bookshop, bookstore = in a library; stage, concert, theater,
    theatre = on a stage; table, desk, tabletop, counter = on a table; lake, pond, river, swamp = in a lake |
    lake | on the ocean; island, hawaii, resort, swimming pool, pool, maldives, bali = in a tropical resort |
    tropical resort | on a beach; lava, eruption = near a volcano; cafe, restaurant, diner, coffee shop, bar,
    pub = in a cafe | in a restaurant | in a kitchen; classroom, school room = in a classroom; gym, museum,
    hall = on a stage; cherry blossoms = cherry blossom; skier = skier
""")

CHINESE = table("""
    小猫, 猫咪, 小猫咪, 喵, 橘猫, 花猫, 猫猫, 喵星人 = 猫; 小狗, 狗狗, 犬, 柴犬, 哈士奇, 金毛, 柯基, 汪星人,
    小狗狗, 狗子 = 狗; 小马, 骏马, 马儿, 马匹, 战马, 白马 = 马; 轿车, 小汽车, 车子, 小车, 跑车, 车, 赛车 =
    汽车 | 轿车 | 小汽车 | 车 | 赛车; 公交车, 巴士, 公车, 大巴, 公共汽车, 校车 = 公共汽车 | 公交车 | 巴士;
    卡车, 货车, 皮卡 = 卡车 | 货车 | 皮卡车; 的士 = 出租车; 轮船, 船, 小船, 帆船, 大船, 船只, 游艇 = 帆船 |
    轮船 | 船; 客机, 喷气机, 飞机 = 飞机; 单车, 脚踏车, 自行车 = 自行车; 摩托, 机车 = 摩托车; 高铁, 火车,
    列车, 动车 = 火车 | 高铁 | 高速列车; 宇宙飞船, 太空船, 飞船, 航天飞机 = 火箭 | 飞碟; 不明飞行物 = 飞碟;
    女士, 女性, 妈妈, 母亲, 阿姨, 女子, 妇女, 美女 = 女人 | 女孩; 先生, 男士, 男性, 爸爸, 父亲, 叔叔, 男子,
    人, 路人, 人类, 帅哥, 大叔 = 男人; 小孩, 孩子, 儿童, 小朋友, 男生, 小男孩, 少年 = 男孩; 女生, 姑娘,
    小女孩, 少女, 小姑娘 = 女孩; 婴儿, 宝宝, 宝贝, 小宝宝 = 婴儿 | 宝宝; 爷爷, 老爷爷, 老头, 老人, 老伯 =
    老人 | 老爷爷 | 老爷爷; 奶奶, 老奶奶, 老太太, 外婆 = 老奶奶 | 老妇人; 太空人, 航天员, 宇航员 = 宇航员;
    大夫, 护士, 医护 = 医生; 警官, 民警, 警察 = 警察; 大厨, 厨子, 厨师 = 厨师; 法师, 魔法师, 女巫, 巫师,
    魔术师 = 巫师 | 魔法师; 武士, 骑士, 忍者 = 骑士 | 忍者; 国王, 皇帝 = 国王 | 王子; 女王, 皇后 = 女王 |
    公主; 机械人 = 机器人; 外星生物, 外星人 = 外星人; 鬼, 鬼魂, 幽灵 = 幽灵 | 鬼; 圣诞老公公 = 圣诞老人;
    玩具熊, 小熊玩偶, 毛绒熊, 泰迪, 熊玩偶 = 泰迪熊; 狗熊, 棕熊, 小熊 = 熊; 白熊 = 北极熊; 大熊猫, 小熊猫 =
    熊猫; 小兔子, 兔, 小白兔, 白兔, 兔兔 = 兔子; 小鼠, 仓鼠, 老鼠, 鼠 = 老鼠 | 仓鼠; 小猪, 肥猪, 野猪 = 猪;
    奶牛, 黄牛, 水牛, 公牛, 小牛 = 牛 | 奶牛; 羊, 小羊, 绵羊, 羊羔 = 绵羊 | 羊; 麋鹿, 小鹿, 梅花鹿, 驯鹿 =
    鹿; 猴, 小猴子, 猩猩 = 猴子 | 大猩猩; 小狐狸 = 狐狸; 豹, 猎豹, 豹子 = 豹 | 豹子 | 老虎; 老虎, 虎, 小老虎
    = 老虎; 雄狮, 狮 = 狮子; 狼狗 = 狗; 驴, 驴子, 毛驴 = 驴 | 马; 恐龙, 霸王龙, 暴龙 = 霸王龙 | 恐龙; 龙,
    巨龙, 飞龙 = 龙; 大象, 象, 小象 = 大象; 母鸡, 鸡 = 鸡 | 公鸡; 小鸟, 鸟儿, 麻雀, 鸽子, 乌鸦, 海鸥, 燕子 =
    鸟; 老鹰, 鹰, 雄鹰 = 老鹰 | 鹰; 鸭, 小鸭子, 鸭子, 大鹅, 鹅, 小黄鸭 = 鸭子 | 鹅 | 天鹅; 仙鹤, 白鹤, 鹤,
    红鹤, 火烈鸟 = 火烈鸟; 蛤蟆, 蟾蜍, 青蛙 = 青蛙; 乌龟, 海龟, 龟 = 乌龟 | 海龟; 蝶, 蝴蝶 = 蝴蝶; 金鱼,
    鲤鱼, 锦鲤, 小鱼, 小丑鱼 = 鱼 | 热带鱼; 蛇, 蟒蛇 = 蛇; 鲸, 蓝鲸, 虎鲸 = 鲸鱼; 虾, 大虾 = 龙虾; 花, 花朵,
    鲜花, 小花, 百合, 牡丹, 菊花 = 花 | 玫瑰 | 郁金香; 一束花 = 花束; 树, 大树, 树木, 小树 = 树 | 大树; 松树,
    杉树 = 松树; 棕榈树, 椰子树, 椰树, 棕榈 = 棕榈树; 仙人球 = 仙人掌; 汉堡包, 汉堡 = 汉堡; 面条, 拉面, 汤,
    一碗汤, 面, 汤面, 一碗面 = 拉面 | 面条; 意面 = 意大利面; 蛋糕, 奶油蛋糕 = 生日蛋糕 | 蛋糕; 冰淇淋,
    冰激凌, 雪糕, 甜筒 = 冰淇淋; 咖啡, 茶, 热茶, 热咖啡, 一杯茶, 奶咖 = 咖啡 | 热饮; 奶茶 = 珍珠奶茶; 啤酒 =
    啤酒; 红酒, 酒, 葡萄酒 = 红酒 | 葡萄酒; 苹果, 水果, 果子 = 苹果 | 红苹果; 面包, 吐司 = 面包; 饼干, 曲奇 =
    饼干 | 曲奇; 糖果, 糖 = 棒棒糖; 蔬菜, 青菜, 白菜 = 沙拉 | 西兰花; 桔子, 橙子, 橘子 = 橘子 | 橙子; 礼物,
    礼盒 = 礼物 | 礼物盒; 盒子, 箱子, 纸箱 = 纸箱 | 盒子; 包, 手提包, 包包, 挎包 = 手提包; 书包, 双肩包 =
    背包; 行李, 行李箱 = 行李箱 | 手提箱; 沙发椅 = 沙发; 椅, 凳子, 板凳 = 椅子; 帽子, 高帽, 高礼帽, 草帽, 帽
    = 礼帽 | 高帽; 鸭舌帽, 头盔 = 棒球帽; 皇冠, 王冠 = 皇冠 | 王冠; 墨镜, 太阳镜, 太阳眼镜 = 墨镜 | 太阳镜;
    眼镜 = 眼镜; 领结 = 领带; 西装, 西服 = 西装 | 领带; 衬衫, 上衣, 毛衣, 外套, 衣服 = T恤 | T恤衫; 裤子 =
    牛仔裤; 裙子, 长裙, 连衣裙 = 连衣裙 | 裙子; 鞋, 鞋子, 球鞋 = 运动鞋 | 跑鞋; 伞, 雨伞, 阳伞 = 雨伞 | 伞;
    球, 皮球 = 足球; 电脑, 计算机, 笔记本电脑 = 笔记本电脑 | 电脑; 电视, 电视机 = 电视 | 电视机; 手机,
    移动电话 = 手机; 灯, 台灯, 灯泡 = 灯泡 | 灯; 灯笼, 红灯笼 = 灯笼 | 红灯笼; 钟, 时钟, 闹钟 = 闹钟; 笔 =
    铅笔; 书本, 书籍, 书 = 书 | 打开的书; 剑, 宝剑, 刀 = 剑 | 交叉的剑; 宝石, 钻石 = 宝石 | 钻石; 茶杯, 杯子
    = 咖啡; 火, 火焰, 篝火 = 火 | 火焰; 手推车, 推车, 超市购物车, 小推车 = 购物车; 房子, 屋子, 小屋, 房屋,
    木屋, 别墅 = 房子 | 小屋; 大楼, 高楼, 楼房, 摩天大楼 = 办公楼; 宫殿, 城堡 = 城堡; 寺庙, 塔, 宝塔 =
    日本城堡 | 宝塔; 富士山 = 富士山; 月亮, 满月, 圆月 = 月亮 | 满月; 弯月, 月牙 = 弯月 | 新月; 行星, 土星,
    火星, 木星 = 行星; 地球仪, 地球 = 地球; 流星 = 彗星; 爱心, 红心, 心 = 爱心 | 红心; 热气球, 气球 = 气球;
    星星 = 星星; 帐篷 = 帐篷; 海滩, 沙滩, 海边, 海岸, 海滨 = 沙滩 | 海滩 | 海边; 大海, 海洋, 海面, 海上, 海,
    水面 = 大海 | 海洋 | 海上; 太空, 宇宙, 外太空, 银河, 星空, 星际, 银河系, 星系, 另一个世界, 异次元,
    另一个维度 = 外太空 | 太空 | 宇宙; 月球, 月面 = 月球 | 月球上; 森林, 树林, 丛林, 林子, 林间 = 森林 |
    树林; 热带雨林, 雨林 = 丛林 | 雨林; 沙漠, 沙丘 = 沙漠; 雪地, 雪, 冬天, 雪景, 雪山, 冰雪, 大雪, 南极, 北极
    = 雪地 | 雪中 | 冬天; 山, 山上, 山里, 高山, 山间, 群山 = 山里 | 山中 | 群山 | 山间; 草地, 草原, 草坪,
    花海, 花田, 花丛, 草丛 = 草地 | 草原; 农场, 田野, 田里, 乡下, 乡村, 农田 = 农场 | 田野; 水下, 海底, 水底,
    水里, 海里, 水中, 海中 = 水下 | 海底; 日落, 夕阳, 黄昏, 日出, 晚霞, 傍晚 = 日落 | 夕阳 | 日落时; 夜晚,
    晚上, 夜里, 夜空, 夜色, 星夜, 月夜, 深夜, 夜 = 夜晚 | 夜里 | 晚上; 山洞, 洞穴 = 山洞 | 洞穴; 公园 = 公园;
    雨, 雨天, 下雨, 雨里, 大雨, 雨中 = 雨中 | 雨里; 秋天, 秋季, 秋日 = 秋天; 城市, 都市, 市中心, 大城市 =
    城市; 街道, 街, 街头, 马路, 大街, 路上, 小镇, 村庄, 村子 = 街上 | 街道 | 街头; 客厅, 家里, 家中, 房间,
    屋里, 室内 = 客厅; 卧室 = 卧室; 厨房 = 厨房; 超市, 买菜, 商店, 菜市场, 购买食品, 超市购物, 超市买菜, 市场
    = 超市 | 在超市买菜 | 买菜; 花园, 院子, 后院 = 花园; 图书馆, 书店 = 图书馆; 舞台 = 舞台; 桌子, 桌, 书桌,
    餐桌, 桌面 = 桌子 | 桌子上 | 桌上; 湖, 湖水, 湖面, 池塘, 河, 河里, 小河, 湖边, 湖泊 = 湖里 | 湖中 | 湖泊
    | 大海; 泳池, 游泳池, 海岛, 热带海岛, 度假村, 小岛, 热带度假村 = 热带度假村 | 度假村 | 沙滩; 火山, 岩浆 =
    火山; 咖啡馆, 咖啡厅, 餐厅, 饭店, 酒吧 = 咖啡馆 | 餐厅 | 厨房; 教室 = 教室
""")

SHADES = table("""
    crimson, scarlet, ruby, maroon, burgundy, cherry red, ginger = red; navy, azure, cyan, indigo, cobalt,
    aqua, navy blue, sky blue, light blue, dark blue, baby blue, royal blue = blue; teal = turquoise | green
    | blue; lime green, emerald green, olive green, mint, dark green, light green = green; violet, lavender,
    lilac, magenta = purple | pink; golden = gold | yellow; blonde, blond, cream colored = yellow; beige,
    tan, chocolate brown = brown; silver, grey, gray = gray | grey | silver; hot pink, rosy, fuchsia, salmon
    pink = pink; amber, peach colored = orange; ivory, snow white = white; ebony, jet black = black; 大红,
    鲜红, 朱红 = red; 天蓝, 深蓝, 浅蓝, 湛蓝, 蔚蓝, 藏青 = blue; 翠绿, 碧绿, 青, 浅绿, 深绿, 墨绿 = green;
    粉红, 粉, 桃红 = pink; 金黄, 黄, 嫩黄, 米黄 = yellow; 橙, 橘, 橘黄 = orange; 银, 灰 = gray | grey |
    silver; 紫, 紫红 = purple; 棕, 褐, 咖啡色 = brown; 雪白, 洁白, 白 = white; 乌黑, 漆黑, 黑 = black; 金 =
    gold | yellow; 青绿, 蓝绿 = turquoise | green; 红 = red; 蓝 = blue; 绿 = green
""")

_NO_ERRORS = listed("""
    owl, bowl, beard, coat, boat, plate, spoon, fork, knife, bottle, tower, bridge, world, wall, floor, room,
    roof, gate, fence, hill, rock, stone, sand, grass, water, wind, wood, lake, pond, river, land, sign,
    flag, rope, wire, wheel, tool, toys, game, card, coin, gold, silver, iron, steel, metal, glass, paper,
    cloth, silk, cotton, leather, powder, dust, smoke, steam, cloud, storm, light, shadow, mirror, frame,
    stand, stage, class, club, team, army, band, song, music, dance, story, dream, idea, mind, soul, heart,
    blood, bone, brain, hand, face, lips, neck, chest, waist, skin, seed, root, stem, bush, cane, crab, crow,
    dune, dusk, dawn, noon, month, week, year, hour, minute, pirate, knight, warrior, soldier, sailor,
    hunter, thief, monk, nun, priest, pope, president, lawyer, nurse, witch, giant, dwarf, troll, goblin,
    ogre, demon, devil, angel, monster, beast, creature, skeleton, statue, sculpture, fountain, temple,
    palace, ruins, harbor, harbour, airport, station, office, hotel, motel, museum, stove, oven, fridge,
    sink, shower, towel, soap, brush, comb, needle, thread, button, pocket, belt, boot, sock, scarf, glove,
    mask, cape, robe, armor, armour, spear, arrow, cannon, rifle, tank, submarine, drone, crane, portal,
    dimension, machine, engine, motor, cable, screen, board, panel, chart, map, menu, ticket, stamp, label,
    medal, prize, award, flute, harp, piano, organ, banjo, cello, whistle, rattle, puppet, doll, marble,
    chess, pawn, poker, domino, ladder, stairs, step, path, road, track, tunnel, canal, port, dock, pier,
    cliff, canyon, valley, glacier, iceberg, geyser, waterfall, spring, creek, stream, marsh, swamp, beaver,
    badger, otter, weasel, ferret, mole, shrew, lynx, hyena, walrus, donkey, mule, goose, hawk, crane, stork,
    pelican, moose, louse, house, milk, butter, honey, sugar, salt, flour, rice, beans, meat, steak, bacon,
    ham, sausage, sauce, cream, soup, beef, pork, lamb, turkey, shrimp, oyster, clam, onion, garlic, potato,
    pea, peas, nut, nuts, plum, fig, date, olive, lime, ginger, basil, mint, tea, juice, soda, vodka,
    whiskey, rum, bean, stew, roast, bulb, coral, pearl, table
""")


def near_spelling(word: str, by_letter: Mapping[str, Sequence[str]]) -> str | None:
    """The known word that this one is a misspelling of, or None.

    Args:
        word: in lower case.
        by_letter: the known words, by their first letter, which a misspelling mostly gets right.
    """
    if len(word) < 4 or word in _NO_ERRORS or not word.isalpha():
        return None
    cutoff = 0.86 if word.endswith("ing") else 0.75 if len(word) > 5 else 0.8
    alike = [each for each in by_letter.get(word[0], ()) if abs(len(each) - len(word)) <= 2]
    best = difflib.get_close_matches(word, alike, n=3, cutoff=cutoff)
    return max(best, key=lambda each: sorted(each) == sorted(word), default=None)  # "baech" is no bench
