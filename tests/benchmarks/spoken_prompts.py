"""Prompts for the benchmark of speech that nothing was tuned on, and Chinese ones as they are pronounced."""

from __future__ import annotations

HELD_OUT_KNOWN = """
a sloth riding a motorcycle in a city at night
two otters on a sailing boat, watercolour
a witch flying over a city, comic
a parrot and an owl on a palm tree
a yellow taxi in front of a castle, low poly
a giraffe wearing sunglasses in the desert
a ninja eating a slice of watermelon on a stage
a king playing the accordion in a museum
a rabbit drinking bubble tea in a cafe, flat
three monkeys riding unicorns above the clouds
a jellyfish and a dolphin underwater, neon
a steam train in the mountains, ink wash
a chef holding an umbrella in the rain
an elephant riding a skateboard in a jungle
a red bicycle beside a white tent
a clown dancing under a disco ball, risograph
a hamster eating a hamburger, clay
a superhero jumping over a rainbow, pixel art
a disco ball above a green sofa
a fox reading a book in a meadow, impressionist
a swan on the ocean at sunset, oil
an alien driving a tractor on mars
a scientist working on a laptop in a space station
four balloons above a birthday cake
a dragon playing the trumpet in a circus tent
a panda sitting by a campfire in the snow, embroidery
a camera on the left of a teapot, blueprint
a bouquet of flowers on the moon, sepia
a llama wearing headphones, vaporwave
a dog chasing a butterfly in a sunflower field
a turtle wearing a top hat in a library, pencil
a ghost watching television in a living room
a dancer and a violin on a stage, chalk
three red mushrooms in a forest, mosaic
a teddy bear holding a magic wand, cartoon
a tiger driving a racing car, three d render
a cactus between two pineapples, line art
a mermaid holding a crystal ball, stained glass
a hedgehog eating pizza in a kitchen
a sunflower to the right of a guitar, paper cut
""".strip().splitlines()
"""In the composer's own words."""

HELD_OUT_FREE = """
an empty swimming pool with autumn leaves floating in it
two children looking at the stars from a rooftop
a grey cathedral seen through morning fog
the shadow of a bird crossing a field of wheat
a grandmother knitting beside a warm fireplace
a silver sports car parked under a street lamp
an underground cave with glowing blue water
a long wooden table set for twelve people
a soldier carrying a wounded dog through the mud
rows of glass bottles on a dusty shelf
a paper plane flying through an open window
a lonely lighthouse on a cliff during a thunderstorm
a painter asleep in front of an unfinished canvas
hundreds of umbrellas seen from the top of a tower
a small bakery with fresh bread in the window
a horse drinking from a river at dawn
a sailor writing a letter by the light of the moon
a kitchen covered in flour after a baking lesson
a bridge made of books between two mountains
a tailor measuring a very tall man
""".strip().splitlines()
"""In whatever words."""

CHINESE = {
    "一只猫坐在沙发上": "yi4 zhi1 mao1 zuo4 zai4 sha1 fa1 shang4",
    "两只红色的狐狸在雪地里": "liang3 zhi1 hong2 se4 de5 hu2 li2 zai4 xue3 di4 li3",
    "一位宇航员骑着马在太空中": "yi2 wei4 yu3 hang2 yuan2 qi2 zhe5 ma3 zai4 tai4 kong1 zhong1",
    "一个机器人在图书馆里读书": "yi2 ge4 ji1 qi4 ren2 zai4 tu2 shu1 guan3 li3 du2 shu1",
    "泰迪熊在超市里买菜": "tai4 di2 xiong2 zai4 chao1 shi4 li3 mai3 cai4",
    "一条绿色的龙在城堡上空，水彩画": "yi4 tiao2 lv4 se4 de5 long2 zai4 cheng2 bao3 shang4 kong1, shui3 cai3 hua4",
    "一只企鹅戴着礼帽": "yi4 zhi1 qi3 e2 dai4 zhe5 li3 mao4",
    "三只熊猫在森林里喝奶茶": "san1 zhi1 xiong2 mao1 zai4 sen1 lin2 li3 he1 nai3 cha2",
    "一只猴子骑着自行车，像素画": "yi4 zhi1 hou2 zi5 qi2 zhe5 zi4 xing2 che1, xiang4 su4 hua4",
    "一位厨师在厨房里做饭": "yi2 wei4 chu2 shi1 zai4 chu2 fang2 li3 zuo4 fan4",
    "一只兔子拿着气球在花园里": "yi4 zhi1 tu4 zi5 na2 zhe5 qi4 qiu2 zai4 hua1 yuan2 li3",
    "两只大象在海滩上打篮球": "liang3 zhi1 da4 xiang4 zai4 hai3 tan1 shang4 da3 lan2 qiu2",
    "一个雪人喝着咖啡": "yi2 ge4 xue3 ren2 he1 zhe5 ka1 fei1",
    "一只老虎开着赛车": "yi4 zhi1 lao3 hu3 kai1 zhe5 sai4 che1",
    "一辆黄色的汽车在城市里": "yi2 liang4 huang2 se4 de5 qi4 che1 zai4 cheng2 shi4 li3",
    "一只乌龟在海底，油画": "yi4 zhi1 wu1 gui1 zai4 hai2 di3, you2 hua4",
    "一位公主骑着独角兽": "yi2 wei4 gong1 zhu3 qi2 zhe5 du2 jiao3 shou4",
    "一只狗追着一只蝴蝶": "yi4 zhi1 gou3 zhui1 zhe5 yi4 zhi1 hu2 die2",
    "四只鸭子在湖上": "si4 zhi1 ya1 zi5 zai4 hu2 shang4",
    "一位老人在窗边看雨": "yi2 wei4 lao3 ren2 zai4 chuang1 bian1 kan4 yu3",
    "清晨的集市上人很多": "qing1 chen2 de5 ji2 shi4 shang4 ren2 hen3 duo1",
    "一座木桥通向安静的小岛": "yi2 zuo4 mu4 qiao2 tong1 xiang4 an1 jing4 de5 xiao3 dao3",
    "孩子们在屋顶上看星星": "hai2 zi5 men5 zai4 wu1 ding3 shang4 kan4 xing1 xing1",
    "桌子上有一盘新鲜的水果": "zhuo1 zi5 shang4 you3 yi4 pan2 xin1 xian1 de5 shui3 guo3",
}
"""Prompts, and their syllables with tones: espeak-ng pronounces those better than characters."""
