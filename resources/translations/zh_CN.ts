<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Generate, fill, vary or extend</source>
        <translation>生成、填充、变体或扩展</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>创作</translation>
    </message>
    <message>
        <source>Vary the picture</source>
        <translation>生成图片的变体</translation>
    </message>
    <message>
        <source>Enlarge the picture</source>
        <translation>放大图片</translation>
    </message>
    <message>
        <source>Surprise me</source>
        <translation>给我惊喜</translation>
    </message>
    <message>
        <source>Cancel what is being made</source>
        <translation>取消正在生成的内容</translation>
    </message>
    <message>
        <source>Models: install, check, remove</source>
        <translation>模型：安装、校验、移除</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Blur pictures not everybody wants to see</source>
        <translation>模糊显示可能令人不适的图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Open a project or a picture</source>
        <translation>打开项目或图片</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>保存项目</translation>
    </message>
    <message>
        <source>Save the project as</source>
        <translation>项目另存为</translation>
    </message>
    <message>
        <source>Work that was not saved</source>
        <translation>未保存的工作</translation>
    </message>
    <message>
        <source>Import a folder of pictures</source>
        <translation>导入图片文件夹</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>粘贴图片</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Export the picture</source>
        <translation>导出图片</translation>
    </message>
    <message>
        <source>Export the picture with its recipe</source>
        <translation>导出图片并附带配方</translation>
    </message>
    <message>
        <source>Exports carry their recipe</source>
        <translation>导出时附带配方</translation>
    </message>
    <message>
        <source>Exports are signed (Content Credentials)</source>
        <translation>导出时签名（内容凭证）</translation>
    </message>
    <message>
        <source>Sign with a certificate of my own</source>
        <translation>使用自己的证书签名</translation>
    </message>
    <message>
        <source>Search the gallery</source>
        <translation>搜索图库</translation>
    </message>
    <message>
        <source>The engine made fewer pictures than asked.</source>
        <translation>引擎生成的图片少于要求的数量。</translation>
    </message>
    <message>
        <source>Save again</source>
        <translation>再次保存</translation>
    </message>
    <message>
        <source>Discarded a picture that is in no file.</source>
        <translation>已丢弃一张未存为文件的图片。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{message} {remedy}</source>
        <translation>{message}{remedy}</translation>
    </message>
    <message>
        <source>{pictures}, with the edges of this one</source>
        <translation>{pictures}，沿用此图的边缘</translation>
    </message>
    <message>
        <source>{pictures}, with the depth of this one</source>
        <translation>{pictures}，沿用此图的深度</translation>
    </message>
    <message>
        <source>{count} subjects</source>
        <translation>{count} 个主体</translation>
    </message>
    <message>
        <source>{count} styles</source>
        <translation>{count} 种风格</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Replace background</source>
        <translation>替换背景</translation>
    </message>
    <message>
        <source> × </source>
        <translation> × </translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>生成变体</translation>
    </message>
    <message>
        <source>Remove {count} regions</source>
        <translation>移除 {count} 个区域</translation>
    </message>
    <message>
        <source>Fill {count} regions</source>
        <translation>填充 {count} 个区域</translation>
    </message>
    <message>
        <source>Nothing says what to change.</source>
        <translation>尚未说明要修改什么。</translation>
    </message>
    <message>
        <source>Write it, such as “make it night”.</source>
        <translation>请写明要求，例如“改成夜晚”。</translation>
    </message>
    <message>
        <source>{count} regions</source>
        <translation>{count} 个区域</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 张图片</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} 张图片</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Write the prompt</source>
        <translation>输入提示词</translation>
    </message>
    <message>
        <source>Say the prompt</source>
        <translation>语音输入提示词</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大视图</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小视图</translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation>图片适合窗口</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100%</translation>
    </message>
    <message>
        <source>Next candidate</source>
        <translation>下一张候选图</translation>
    </message>
    <message>
        <source>Previous candidate</source>
        <translation>上一张候选图</translation>
    </message>
    <message>
        <source>Dark or light</source>
        <translation>深色或浅色</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>About Dalle Studio</source>
        <translation>关于 Dalle Studio</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>**{model}**, version {version}: {licence}</source>
        <translation>**{model}**，版本 {version}：{licence}</translation>
    </message>
    <message>
        <source>**Qt for Python (PySide6)**, LGPL-3.0: you may replace its libraries with your own build</source>
        <translation>**Qt for Python (PySide6)**，LGPL-3.0：可以用自行构建的版本替换其库文件</translation>
    </message>
    <message>
        <source>**Lucide** icons, ISC · **Inter** and **Noto Sans SC** fonts, SIL Open Font License 1.1</source>
        <translation>**Lucide** 图标，ISC · **Inter** 和 **Noto Sans SC** 字体，SIL Open Font License 1.1</translation>
    </message>
    <message>
        <source>Nothing you make leaves this computer.</source>
        <translation>你制作的一切都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Another region with its own prompt</source>
        <translation>新建带独立提示词的区域</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选图</translation>
    </message>
    <message>
        <source>Look at the next or the one before</source>
        <translation>查看下一张或上一张</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Vary again</source>
        <translation>再次生成变体</translation>
    </message>
    <message>
        <source>Place into</source>
        <translation>放入</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Open on the canvas</source>
        <translation>在画布上打开</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>Smaller or larger brush</source>
        <translation>减小或增大画笔</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>移动视图</translation>
    </message>
    <message>
        <source>Space + drag</source>
        <translation>空格 + 拖动</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation>Ctrl + 滚轮</translation>
    </message>
    <message>
        <source>Pull both sides of the frame</source>
        <translation>同时拉动画框的两侧</translation>
    </message>
    <message>
        <source>Shift + drag</source>
        <translation>Shift + 拖动</translation>
    </message>
    <message>
        <source>Push a side of the frame out, with Shift in</source>
        <translation>向外推画框的一侧，按住 Shift 则向内</translation>
    </message>
    <message>
        <source>Give a stroke up, end a comparison</source>
        <translation>放弃当前笔画，结束对比</translation>
    </message>
    <message>
        <source>Move the slider of a comparison</source>
        <translation>移动对比滑块</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Drop what is being said</source>
        <translation>放弃正在说的内容</translation>
    </message>
    <message>
        <source>Recall earlier prompts</source>
        <translation>调出之前的提示词</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>界面语言</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>搜索快捷键</translation>
    </message>
    <message>
        <source>Search commands and keys</source>
        <translation>搜索命令和按键</translation>
    </message>
    <message>
        <source>Pick {name}</source>
        <translation>选择：{name}</translation>
    </message>
    <message>
        <source>Choices: {name}</source>
        <translation>选项：{name}</translation>
    </message>
    <message>
        <source>Return picks · Ctrl+Return picks more</source>
        <translation>按 Return 选择 · 按 Ctrl+Return 连续选择</translation>
    </message>
    <message>
        <source>Search, or type your own</source>
        <translation>搜索，或输入自定义内容</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search: {name}</source>
        <translation>搜索：{name}</translation>
    </message>
    <message>
        <source>Add “{text}”</source>
        <translation>添加“{text}”</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>没有匹配的项目。</translation>
    </message>
    <message>
        <source>A click adds or removes a style · Esc closes</source>
        <translation>点击可添加或移除风格 · 按 Esc 关闭</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Click a region to work on it</source>
        <translation>点击区域即可编辑</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>抓手</translation>
    </message>
    <message>
        <source>Move the view; Space does so with any tool</source>
        <translation>移动视图；使用任何工具时都可按住 Space 移动</translation>
    </message>
    <message>
        <source>Place marker</source>
        <translation>放置标记</translation>
    </message>
    <message>
        <source>Click where something should go</source>
        <translation>点击要放置内容的位置</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Paint where something should go; right button erases</source>
        <translation>涂抹要放置内容的位置；右键擦除</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Take away what was painted</source>
        <translation>擦除涂抹的部分</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Drag from corner to corner</source>
        <translation>从一角拖到对角</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Draw around a place</source>
        <translation>圈出一处位置</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>画框</translation>
    </message>
    <message>
        <source>Pull a handle past the edge to extend the picture; it stays in the middle, so both sides move</source>
        <translation>将手柄拉出边缘即可扩展图片；图片保持居中，两侧会同时移动</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Drag the line between two pictures; first choose what to compare with</source>
        <translation>拖动两张图片之间的分割线；请先选择对比的图片</translation>
    </message>
    <message>
        <source>{tool} ({key})
{hint}.</source>
        <translation>{tool}（{key}）
{hint}。</translation>
    </message>
    <message>
        <source>{name} tool</source>
        <translation>{name}工具</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Not saved yet. Whatever happens, it is kept for the next start</source>
        <translation>尚未保存。无论发生什么，下次启动时内容都在</translation>
    </message>
    <message>
        <source>Project and exports</source>
        <translation>项目与导出</translation>
    </message>
    <message>
        <source>{text} ({keys})</source>
        <translation>{text}（{keys}）</translation>
    </message>
    <message>
        <source>Make a first picture</source>
        <translation>生成第一张图片</translation>
    </message>
    <message>
        <source>Makes “{prompt}”</source>
        <translation>生成“{prompt}”</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Open a picture or a painting from a file, to vary it or to paint on it</source>
        <translation>从文件打开图片或画作，以生成变体或在上面绘制</translation>
    </message>
    <message>
        <source>Undo {change}</source>
        <translation>撤销{change}</translation>
    </message>
    <message>
        <source>Redo {change}</source>
        <translation>重做{change}</translation>
    </message>
    <message>
        <source>Choose a picture to blend in</source>
        <translation>选择要融合的图片</translation>
    </message>
    <message>
        <source>Choose a picture to refer to</source>
        <translation>选择参考图</translation>
    </message>
    <message>
        <source>Import a mask: white = make it here</source>
        <translation>导入蒙版：白色 = 在此处生成</translation>
    </message>
    <message>
        <source>Square 1:1</source>
        <translation>方形 1:1</translation>
    </message>
    <message>
        <source>Album cover</source>
        <translation>专辑封面</translation>
    </message>
    <message>
        <source>Banner 3:1</source>
        <translation>横幅 3:1</translation>
    </message>
    <message>
        <source>Poster 2:3</source>
        <translation>海报 2:3</translation>
    </message>
    <message>
        <source>Story 9:16</source>
        <translation>竖屏 9:16</translation>
    </message>
    <message>
        <source>Slide 16:9</source>
        <translation>幻灯片 16:9</translation>
    </message>
    <message>
        <source>There is no format called “{name}”.</source>
        <translation>没有名为“{name}”的画幅。</translation>
    </message>
    <message>
        <source>Use one of: {names}.</source>
        <translation>请使用以下之一：{names}。</translation>
    </message>
    <message>
        <source>A picture of {size} pixels cannot be made.</source>
        <translation>无法生成 {size} 像素的图片。</translation>
    </message>
    <message>
        <source>Each side may have {least} to {most} pixels.</source>
        <translation>每条边须为 {least} 到 {most} 像素。</translation>
    </message>
    <message>
        <source>A place at {x},{y} of size {diameter} is not inside the picture.</source>
        <translation>位于 {x},{y}、大小为 {diameter} 的位置不在图片内。</translation>
    </message>
    <message>
        <source>Give x and y from 0 to 1 and a size above 0 up to 1, for example --at 0.3,0.7 --size 0.25.</source>
        <translation>x 和 y 取 0 到 1，大小须大于 0 且不超过 1，例如 --at 0.3,0.7 --size 0.25。</translation>
    </message>
    <message>
        <source>3d render</source>
        <translation>3D渲染</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>扁平插画</translation>
    </message>
    <message>
        <source>cartoon</source>
        <translation>卡通</translation>
    </message>
    <message>
        <source>pixel art</source>
        <translation>像素画</translation>
    </message>
    <message>
        <source>pencil</source>
        <translation>铅笔画</translation>
    </message>
    <message>
        <source>watercolour</source>
        <translation>水彩画</translation>
    </message>
    <message>
        <source>oil</source>
        <translation>油画</translation>
    </message>
    <message>
        <source>ukiyo-e</source>
        <translation>浮世绘</translation>
    </message>
    <message>
        <source>neon</source>
        <translation>霓虹</translation>
    </message>
    <message>
        <source>comic</source>
        <translation>漫画</translation>
    </message>
    <message>
        <source>line art</source>
        <translation>线稿</translation>
    </message>
    <message>
        <source>blueprint</source>
        <translation>蓝图</translation>
    </message>
    <message>
        <source>chalk</source>
        <translation>粉笔画</translation>
    </message>
    <message>
        <source>black and white</source>
        <translation>黑白照片</translation>
    </message>
    <message>
        <source>sepia</source>
        <translation>复古照片</translation>
    </message>
    <message>
        <source>vaporwave</source>
        <translation>蒸汽波</translation>
    </message>
    <message>
        <source>impressionist</source>
        <translation>印象派</translation>
    </message>
    <message>
        <source>ink wash</source>
        <translation>水墨画</translation>
    </message>
    <message>
        <source>stained glass</source>
        <translation>彩色玻璃</translation>
    </message>
    <message>
        <source>mosaic</source>
        <translation>马赛克</translation>
    </message>
    <message>
        <source>paper cut</source>
        <translation>剪纸</translation>
    </message>
    <message>
        <source>clay</source>
        <translation>黏土</translation>
    </message>
    <message>
        <source>risograph</source>
        <translation>孔版印刷</translation>
    </message>
    <message>
        <source>low poly</source>
        <translation>低多边形</translation>
    </message>
    <message>
        <source>embroidery</source>
        <translation>刺绣</translation>
    </message>
    <message>
        <source>There is no style called “{name}”.</source>
        <translation>没有名为“{name}”的风格。</translation>
    </message>
    <message>
        <source>The prompt is empty.</source>
        <translation>提示词为空。</translation>
    </message>
    <message>
        <source>Say what you want to see, for example “a red car”.</source>
        <translation>请描述想看到的画面，例如“一辆红色的汽车”。</translation>
    </message>
    <message>
        <source>The prompt has {count} characters.</source>
        <translation>提示词有 {count} 个字符。</translation>
    </message>
    <message>
        <source>Shorten it to at most {most} characters; models read only the first few sentences.</source>
        <translation>请缩短到最多 {most} 个字符；模型只读取开头几句。</translation>
    </message>
    <message>
        <source>The prompt has characters that are not text.</source>
        <translation>提示词含有非文本字符。</translation>
    </message>
    <message>
        <source>Type it again.</source>
        <translation>请重新输入。</translation>
    </message>
    <message>
        <source>The recipe in this picture is damaged.</source>
        <translation>这张图片中的配方已损坏。</translation>
    </message>
    <message>
        <source>Save the picture anew with another program to use its pixels alone.</source>
        <translation>如只需使用画面，请用其他程序重新保存这张图片。</translation>
    </message>
    <message>
        <source>The recipe in this picture has schema {schema}, newer than this studio reads ({known}).</source>
        <translation>这张图片中的配方格式版本为 {schema}，比当前版本可读取的（{known}）更新。</translation>
    </message>
    <message>
        <source>Update Dalle Studio.</source>
        <translation>请更新 Dalle Studio。</translation>
    </message>
    <message>
        <source>The recipe says “{verb}”, which this studio cannot do.</source>
        <translation>配方中的操作“{verb}”无法在此版本中执行。</translation>
    </message>
    <message>
        <source>Make the picture anew.</source>
        <translation>请重新生成这张图片。</translation>
    </message>
    <message>
        <source>The weight of {name}</source>
        <translation>{name} 的权重</translation>
    </message>
    <message>
        <source>The number of pictures</source>
        <translation>图片数量</translation>
    </message>
    <message>
        <source>The seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The last picture&apos;s seed</source>
        <translation>最后一张图片的种子</translation>
    </message>
    <message>
        <source>The number of steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>The guidance scale</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>There is no precision “{name}”.</source>
        <translation>没有名为“{name}”的精度。</translation>
    </message>
    <message>
        <source>Use {names}.</source>
        <translation>请使用 {names}。</translation>
    </message>
    <message>
        <source>A LoRA is named twice.</source>
        <translation>同一个 LoRA 指定了两次。</translation>
    </message>
    <message>
        <source>Name each once, with the weight it is to have.</source>
        <translation>每个 LoRA 只指定一次，并给出所需的权重。</translation>
    </message>
    <message>
        <source>The weight of the guide</source>
        <translation>参照权重</translation>
    </message>
    <message>
        <source>The mask is empty.</source>
        <translation>蒙版为空。</translation>
    </message>
    <message>
        <source>Paint where the thing should go: white means there.</source>
        <translation>请涂出要放置内容的位置：白色表示放在该处。</translation>
    </message>
    <message>
        <source>The feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>No place was given.</source>
        <translation>未指定位置。</translation>
    </message>
    <message>
        <source>Use --at, --region or --mask to say where.</source>
        <translation>请用 --at、--region 或 --mask 指定位置。</translation>
    </message>
    <message>
        <source>The mask has {size} pixels and the picture {source}.</source>
        <translation>蒙版为 {size} 像素，而图片为 {source} 像素。</translation>
    </message>
    <message>
        <source>Use a mask of the picture&apos;s own size.</source>
        <translation>请使用与图片尺寸相同的蒙版。</translation>
    </message>
    <message>
        <source>How far</source>
        <translation>变化程度</translation>
    </message>
    <message>
        <source>The mix</source>
        <translation>融合比例</translation>
    </message>
    <message>
        <source>A frame of {after} does not reach beyond a picture of {before}.</source>
        <translation>{after} 的画框没有超出 {before} 的图片。</translation>
    </message>
    <message>
        <source>Choose a wider or taller format than the picture has.</source>
        <translation>请选择比图片更宽或更高的画幅。</translation>
    </message>
    <message>
        <source>The picture&apos;s left edge</source>
        <translation>图片左边缘的位置</translation>
    </message>
    <message>
        <source>The picture&apos;s top edge</source>
        <translation>图片上边缘的位置</translation>
    </message>
    <message>
        <source>The number of reference pictures</source>
        <translation>参考图数量</translation>
    </message>
    <message>
        <source>{size} is not larger than the picture&apos;s own {source}.</source>
        <translation>{size} 并不大于图片本身的 {source}。</translation>
    </message>
    <message>
        <source>Ask for a longer side than the picture has.</source>
        <translation>请指定比图片更长的边长。</translation>
    </message>
    <message>
        <source>{what} is {value}.</source>
        <translation>{what}为 {value}。</translation>
    </message>
    <message>
        <source>Use a number from {least} to {most}.</source>
        <translation>请使用 {least} 到 {most} 之间的数值。</translation>
    </message>
    <message>
        <source>The process that converted {name} was ended.</source>
        <translation>转换 {name} 的进程已被终止。</translation>
    </message>
    <message>
        <source>Close other programs and try again: it needs twice the file&apos;s size in memory.</source>
        <translation>请关闭其他程序后重试：转换需要两倍于文件大小的内存。</translation>
    </message>
    <message>
        <source>starting the engine again</source>
        <translation>正在重新启动引擎</translation>
    </message>
    <message>
        <source>The engine stopped twice on this request: {reason}.</source>
        <translation>引擎在处理此请求时停止了两次：{reason}。</translation>
    </message>
    <message>
        <source>Close other programs or ask for fewer and smaller pictures; the studio itself is unharmed.</source>
        <translation>请关闭其他程序，或减少图片数量、缩小尺寸；Dalle Studio 本身不受影响。</translation>
    </message>
    <message>
        <source>its process was ended by signal {signal}</source>
        <translation>其进程被信号 {signal} 终止</translation>
    </message>
    <message>
        <source>its process ended with code {code}</source>
        <translation>其进程已结束，代码为 {code}</translation>
    </message>
    <message>
        <source>its process gave no sign of life for {seconds} s</source>
        <translation>其进程在 {seconds} 秒内没有响应</translation>
    </message>
    <message>
        <source>its process made no progress for {seconds} s</source>
        <translation>其进程在 {seconds} 秒内没有进展</translation>
    </message>
    <message>
        <source>There is not enough memory for one picture.</source>
        <translation>内存不足，连一张图片也无法生成。</translation>
    </message>
    <message>
        <source>Close other programs or take a smaller model.</source>
        <translation>请关闭其他程序，或改用较小的模型。</translation>
    </message>
    <message>
        <source>Made in smaller batches: memory was short.</source>
        <translation>内存不足，已分成更小的批次生成。</translation>
    </message>
    <message>
        <source>{add_on} in {path} is damaged, or was made for another model.</source>
        <translation>{path} 中的 {add_on} 已损坏，或是为其他模型制作的。</translation>
    </message>
    <message>
        <source>Install it again or one that was made for this model, or leave it out.</source>
        <translation>请重新安装它，或安装为此模型制作的附加组件，也可以不使用它。</translation>
    </message>
    <message>
        <source>The upscaler of the model {model} in {folder} is damaged.</source>
        <translation>{folder} 中模型 {model} 的放大模型已损坏。</translation>
    </message>
    <message>
        <source>Install the model again.</source>
        <translation>请重新安装此模型。</translation>
    </message>
    <message>
        <source>{folder} does not take the converted model.</source>
        <translation>无法将转换后的模型写入 {folder}。</translation>
    </message>
    <message>
        <source>Free some space.</source>
        <translation>请腾出一些空间。</translation>
    </message>
    <message>
        <source>{name} could not be converted: something in it is missing or unusual.</source>
        <translation>无法转换 {name}：其中有内容缺失或不常见。</translation>
    </message>
    <message>
        <source>Use another version of it, or its diffusers folder.</source>
        <translation>请使用它的其他版本，或其 diffusers 文件夹。</translation>
    </message>
    <message>
        <source>{card} is not used: the installed torch {torch} has no kernels for it. Install a {build} build of torch that has, see pytorch.org/get-started.</source>
        <translation>未使用 {card}：已安装的 torch {torch} 没有适用于它的内核。请安装支持它的 {build} 版 torch，参见 pytorch.org/get-started。</translation>
    </message>
    <message>
        <source>The {card} graphics card is not used: its driver does not answer. Install its current driver.</source>
        <translation>未使用 {card} 显卡：其驱动程序没有响应。请安装最新的驱动程序。</translation>
    </message>
    <message>
        <source>The {card} graphics card is not used: the installed torch {torch} is not built for {build}. Install a {build} build of torch, see pytorch.org/get-started.</source>
        <translation>未使用 {card} 显卡：已安装的 torch {torch} 不是 {build} 版本。请安装 {build} 版 torch，参见 pytorch.org/get-started。</translation>
    </message>
    <message>
        <source>The negative prompt was left out: without guidance, this model takes none.</source>
        <translation>已忽略负面提示词：不用引导时，此模型不支持负面提示词。</translation>
    </message>
    <message>
        <source>This model takes no LoRAs; they were left out.</source>
        <translation>此模型不支持 LoRA，已将其忽略。</translation>
    </message>
    <message>
        <source>This model cannot follow another picture&apos;s edges or depth; they were left out.</source>
        <translation>此模型无法参照其他图片的边缘或深度，已将其忽略。</translation>
    </message>
    <message>
        <source>The prompt is too long for this model; it did not read from “{lost}” on.</source>
        <translation>提示词对此模型来说过长，从“{lost}”起未读取。</translation>
    </message>
    <message>
        <source>loading {add_on}</source>
        <translation>正在加载 {add_on}</translation>
    </message>
    <message>
        <source>There is no LoRA “{name}” for {model} here.</source>
        <translation>这里没有适用于 {model} 的 LoRA“{name}”。</translation>
    </message>
    <message>
        <source>Install one that was made for this model, or leave it out.</source>
        <translation>请安装为此模型制作的 LoRA，或不使用它。</translation>
    </message>
    <message>
        <source>all of it on the device</source>
        <translation>全部在设备上</translation>
    </message>
    <message>
        <source>its parts on the device in turn (model offload)</source>
        <translation>各部分轮流载入设备（model offload）</translation>
    </message>
    <message>
        <source>on the device layer by layer (group offload)</source>
        <translation>逐层载入设备（group offload）</translation>
    </message>
    <message>
        <source>Decoded in tiles: memory was short.</source>
        <translation>内存不足，已分块解码。</translation>
    </message>
    <message>
        <source>The model&apos;s parts took turns on the device (model offload): memory was short.</source>
        <translation>内存不足，模型的各部分已轮流载入设备（model offload）。</translation>
    </message>
    <message>
        <source>The denoiser&apos;s weights were rounded to 8 bits (float8): memory was short.</source>
        <translation>内存不足，去噪网络的权重已舍入为 8 位（float8）。</translation>
    </message>
    <message>
        <source>The model came to the device layer by layer (group offload): memory was short.</source>
        <translation>内存不足，模型已逐层载入设备（group offload）。</translation>
    </message>
    <message>
        <source>weights in 8 bits</source>
        <translation>8 位权重</translation>
    </message>
    <message>
        <source>in main memory</source>
        <translation>在主内存中</translation>
    </message>
    <message>
        <source>decoded in tiles</source>
        <translation>分块解码</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>The model {model} in {folder} is incomplete or damaged.</source>
        <translation>{folder} 中的模型 {model} 不完整或已损坏。</translation>
    </message>
    <message>
        <source>Install it again.</source>
        <translation>请重新安装。</translation>
    </message>
    <message>
        <source>This model reads one picture only; the others were left out.</source>
        <translation>此模型只能读取一张图片，其余图片已忽略。</translation>
    </message>
    <message>
        <source>“{word}” was read as “{known}”.</source>
        <translation>“{word}”已理解为“{known}”。</translation>
    </message>
    <message>
        <source>“{word}”</source>
        <translation>“{word}”</translation>
    </message>
    <message>
        <source>This model does not know {lost}; the rest of the prompt leads.</source>
        <translation>此模型不认识{lost}；将以提示词的其余部分为准。</translation>
    </message>
    <message>
        <source>{add_on} does not make colour pictures larger.</source>
        <translation>{add_on} 无法放大彩色图片。</translation>
    </message>
    <message>
        <source>Take another upscaler.</source>
        <translation>请改用其他放大模型。</translation>
    </message>
    <message>
        <source>spandrel, which reads upscalers, is not installed.</source>
        <translation>未安装用于读取放大模型的 spandrel。</translation>
    </message>
    <message>
        <source>Run: pip install --no-deps spandrel; or leave the choice of the upscaler to the model.</source>
        <translation>请运行 pip install --no-deps spandrel，或让模型自行选择放大模型。</translation>
    </message>
    <message>
        <source>a ControlNet for edges</source>
        <translation>用于边缘的 ControlNet</translation>
    </message>
    <message>
        <source>a ControlNet for depth</source>
        <translation>用于深度的 ControlNet</translation>
    </message>
    <message>
        <source>a reader of depth</source>
        <translation>深度读取组件</translation>
    </message>
    <message>
        <source>{model} cannot follow a picture without {what}.</source>
        <translation>{model} 缺少{what}，无法参照图片。</translation>
    </message>
    <message>
        <source>Install one that was made for this model, or leave the guide out.</source>
        <translation>请安装为此模型制作的组件，或不参照图片。</translation>
    </message>
    <message>
        <source>finding the fastest number format</source>
        <translation>正在测试最快的数值格式</translation>
    </message>
    <message>
        <source>This picture could not be checked: memory was short.</source>
        <translation>内存不足，无法检查这张图片。</translation>
    </message>
    <message>
        <source>This picture may not be for everybody: “{label}”, {certain} certain.</source>
        <translation>这张图片可能不适合所有人观看：“{label}”，置信度 {certain}。</translation>
    </message>
    <message>
        <source>The microphone is silent.</source>
        <translation>麦克风没有声音。</translation>
    </message>
    <message>
        <source>Unmute it, and allow the studio to use it in the system&apos;s privacy settings.</source>
        <translation>请取消麦克风静音，并在系统隐私设置中允许 Dalle Studio 使用它。</translation>
    </message>
    <message>
        <source>Nothing was said.</source>
        <translation>没有听到说话。</translation>
    </message>
    <message>
        <source>Say it again, louder or closer to the microphone.</source>
        <translation>请再说一次，声音大一些，或靠近麦克风。</translation>
    </message>
    <message>
        <source>No words were heard, only noise.</source>
        <translation>只听到噪声，没有听到话语。</translation>
    </message>
    <message>
        <source>Say it again where it is quieter.</source>
        <translation>请到安静一些的地方再说一次。</translation>
    </message>
    <message>
        <source>The process that hears has stopped.</source>
        <translation>语音识别进程已停止。</translation>
    </message>
    <message>
        <source>Say it once more; the prompt is as it was.</source>
        <translation>请再说一次；提示词没有改动。</translation>
    </message>
    <message>
        <source>Privacy &amp; Security, Microphone</source>
        <translation>隐私与安全性 &gt; 麦克风</translation>
    </message>
    <message>
        <source>Privacy, Microphone</source>
        <translation>隐私 &gt; 麦克风</translation>
    </message>
    <message>
        <source>The microphone is gone.</source>
        <translation>麦克风已断开。</translation>
    </message>
    <message>
        <source>Plug it in again, and say it once more.</source>
        <translation>请重新插好麦克风，再说一次。</translation>
    </message>
    <message>
        <source>The system&apos;s library for sound, PortAudio, is missing.</source>
        <translation>缺少系统的声音库 PortAudio。</translation>
    </message>
    <message>
        <source>Install it: sudo apt-get install libportaudio2 (Debian, Ubuntu), or portaudio elsewhere.</source>
        <translation>请安装：sudo apt-get install libportaudio2（Debian、Ubuntu），其他系统请安装 portaudio。</translation>
    </message>
    <message>
        <source>There is no microphone.</source>
        <translation>没有麦克风。</translation>
    </message>
    <message>
        <source>Connect one, and press the button again.</source>
        <translation>请连接麦克风，再按一次按钮。</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>The microphone cannot be opened.</source>
        <translation>无法打开麦克风。</translation>
    </message>
    <message>
        <source>Allow it in the system&apos;s settings ({where}), and close programs that hold it.</source>
        <translation>请在系统设置（{where}）中允许使用麦克风，并关闭正在占用它的程序。</translation>
    </message>
    <message>
        <source>“{name}” has no sound in it.</source>
        <translation>“{name}”中没有声音。</translation>
    </message>
    <message>
        <source>Record it again; the file may have been cut off.</source>
        <translation>请重新录制；文件可能被截断了。</translation>
    </message>
    <message>
        <source>“{path}” is a folder.</source>
        <translation>“{path}”是一个文件夹。</translation>
    </message>
    <message>
        <source>Name a sound file, such as take.wav.</source>
        <translation>请指定一个声音文件，例如 take.wav。</translation>
    </message>
    <message>
        <source>“{name}” is empty.</source>
        <translation>“{name}”是空文件。</translation>
    </message>
    <message>
        <source>Record it again.</source>
        <translation>请重新录制。</translation>
    </message>
    <message>
        <source>There is no file “{path}”.</source>
        <translation>没有文件“{path}”。</translation>
    </message>
    <message>
        <source>Check its name and folder.</source>
        <translation>请检查文件名和所在文件夹。</translation>
    </message>
    <message>
        <source>“{path}” cannot be read.</source>
        <translation>无法读取“{path}”。</translation>
    </message>
    <message>
        <source>Check that you may read it.</source>
        <translation>请检查是否有读取权限。</translation>
    </message>
    <message>
        <source>“{name}” is no sound file that can be read.</source>
        <translation>“{name}”不是可读取的声音文件。</translation>
    </message>
    <message>
        <source>Use a WAV, FLAC, Ogg or MP3 file; other programs can save as one.</source>
        <translation>请使用 WAV、FLAC、Ogg 或 MP3 文件；可用其他程序另存为这些格式。</translation>
    </message>
    <message>
        <source>The model that understands speech is missing or damaged.</source>
        <translation>语音识别模型缺失或已损坏。</translation>
    </message>
    <message>
        <source>Install Dalle Studio again; until then, type the prompt.</source>
        <translation>请重新安装 Dalle Studio；在此之前请输入提示词。</translation>
    </message>
    <message>
        <source>The recogniser “{name}” is missing or damaged.</source>
        <translation>语音识别模型“{name}”缺失或已损坏。</translation>
    </message>
    <message>
        <source>Repair it: dalle-studio models install {name}; or choose another one.</source>
        <translation>请修复：dalle-studio models install {name}；或选择另一个。</translation>
    </message>
    <message>
        <source>What is needed to hear is not installed.</source>
        <translation>未安装语音识别所需的组件。</translation>
    </message>
    <message>
        <source>Install Dalle Studio again.</source>
        <translation>请重新安装 Dalle Studio。</translation>
    </message>
    <message>
        <source>The recogniser met a fault it does not know: {fault}.</source>
        <translation>语音识别模型遇到未知错误：{fault}。</translation>
    </message>
    <message>
        <source>Try again; if it comes back, report it with the details.</source>
        <translation>请重试；若再次出现，请附上详情报告问题。</translation>
    </message>
    <message>
        <source>Enlarged in smaller tiles: memory was short.</source>
        <translation>内存不足，已改用更小的分块放大。</translation>
    </message>
    <message>
        <source>create</source>
        <translation>凭文字生成图片</translation>
    </message>
    <message>
        <source>place</source>
        <translation>在图片中放置内容</translation>
    </message>
    <message>
        <source>vary</source>
        <translation>生成变体</translation>
    </message>
    <message>
        <source>blend</source>
        <translation>融合图片</translation>
    </message>
    <message>
        <source>extend</source>
        <translation>扩展图片</translation>
    </message>
    <message>
        <source>edit</source>
        <translation>按文字编辑图片</translation>
    </message>
    <message>
        <source>{model} cannot {needed}.</source>
        <translation>{model} 无法{needed}。</translation>
    </message>
    <message>
        <source>Choose a model that can, or install what it needs for that.</source>
        <translation>请选择支持此操作的模型，或安装所需的附加组件。</translation>
    </message>
    <message>
        <source>Drawn at {size} pixels and enlarged: memory was short.</source>
        <translation>内存不足，已先以 {size} 像素绘制再放大。</translation>
    </message>
    <message>
        <source>starting the engine</source>
        <translation>正在启动引擎</translation>
    </message>
    <message>
        <source>loading {model}</source>
        <translation>正在加载 {model}</translation>
    </message>
    <message>
        <source>There is no upscaler called “{name}” here.</source>
        <translation>这里没有名为“{name}”的放大模型。</translation>
    </message>
    <message>
        <source>Install it, or leave the choice to the model.</source>
        <translation>请安装它，或让模型自行选择。</translation>
    </message>
    <message>
        <source>loading the upscaler of {model}</source>
        <translation>正在加载 {model} 的放大模型</translation>
    </message>
    <message>
        <source>There is not enough memory for {model}.</source>
        <translation>内存不足，无法使用 {model}。</translation>
    </message>
    <message>
        <source>The engine met a fault it does not know: {fault}.</source>
        <translation>引擎遇到未知错误：{fault}。</translation>
    </message>
    <message>
        <source>{model} cannot make pictures from words alone.</source>
        <translation>{model} 无法仅凭文字生成图片。</translation>
    </message>
    <message>
        <source>{model} cannot place things in a picture.</source>
        <translation>{model} 无法在图片中放置内容。</translation>
    </message>
    <message>
        <source>{model} cannot make variations of a picture.</source>
        <translation>{model} 无法生成图片的变体。</translation>
    </message>
    <message>
        <source>{model} cannot blend two pictures.</source>
        <translation>{model} 无法融合两张图片。</translation>
    </message>
    <message>
        <source>{model} cannot continue a picture beyond its edges.</source>
        <translation>{model} 无法将图片扩展到边缘之外。</translation>
    </message>
    <message>
        <source>{model} cannot change a picture as a sentence says.</source>
        <translation>{model} 无法按一句话修改图片。</translation>
    </message>
    <message>
        <source>Choose one that can, at the top of the window.</source>
        <translation>请在窗口顶部选择支持此操作的模型。</translation>
    </message>
    <message>
        <source>Open the picture that it is to change, or choose another model at the top of the window.</source>
        <translation>请打开要修改的图片，或在窗口顶部选择其他模型。</translation>
    </message>
    <message>
        <source>There is no picture to paint on.</source>
        <translation>没有可以涂画的图片。</translation>
    </message>
    <message>
        <source>Open a picture or generate one, then paint where things go.</source>
        <translation>请打开或生成一张图片，再涂出放置内容的位置。</translation>
    </message>
    <message>
        <source>A picture has at most {count} regions.</source>
        <translation>一张图片最多有 {count} 个区域。</translation>
    </message>
    <message>
        <source>Click the name of one to paint in it, or remove one first.</source>
        <translation>请点击某个区域的名称在其中涂画，或先移除一个区域。</translation>
    </message>
    <message>
        <source>The picture could not be written.</source>
        <translation>无法写入图片。</translation>
    </message>
    <message>
        <source>Try again; if it fails again, copy the details into a report.</source>
        <translation>请重试；若再次失败，请复制详情并附在报告中。</translation>
    </message>
    <message>
        <source>showing a picture</source>
        <translation>显示图片</translation>
    </message>
    <message>
        <source>new region</source>
        <translation>新建区域</translation>
    </message>
    <message>
        <source>removing a region</source>
        <translation>移除区域</translation>
    </message>
    <message>
        <source>a region&apos;s prompt</source>
        <translation>更改区域提示词</translation>
    </message>
    <message>
        <source>inverting</source>
        <translation>反转</translation>
    </message>
    <message>
        <source>growing</source>
        <translation>扩大</translation>
    </message>
    <message>
        <source>shrinking</source>
        <translation>收缩</translation>
    </message>
    <message>
        <source>clearing</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Use one that is white where the thing should go.</source>
        <translation>请使用在放置位置为白色的蒙版。</translation>
    </message>
    <message>
        <source>importing a mask</source>
        <translation>导入蒙版</translation>
    </message>
    <message>
        <source>Nothing is painted yet.</source>
        <translation>尚未涂画任何内容。</translation>
    </message>
    <message>
        <source>Paint where things should go first.</source>
        <translation>请先涂出放置内容的位置。</translation>
    </message>
    <message>
        <source>There is no picture to extend.</source>
        <translation>没有可以扩展的图片。</translation>
    </message>
    <message>
        <source>Open a picture or generate one first.</source>
        <translation>请先打开或生成一张图片。</translation>
    </message>
    <message>
        <source>moving the frame</source>
        <translation>移动画框</translation>
    </message>
    <message>
        <source>translation</source>
        <translation>修改译文</translation>
    </message>
    <message>
        <source>change of {what}</source>
        <translation>更改{what}</translation>
    </message>
    <message>
        <source> and </source>
        <translation>和</translation>
    </message>
    <message>
        <source>typing</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>dictation</source>
        <translation>语音输入</translation>
    </message>
    <message>
        <source>adding a block</source>
        <translation>添加词块</translation>
    </message>
    <message>
        <source>removing a block</source>
        <translation>移除词块</translation>
    </message>
    <message>
        <source>moving a block</source>
        <translation>移动词块</translation>
    </message>
    <message>
        <source>editing a block</source>
        <translation>编辑词块</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>给我惊喜</translation>
    </message>
    <message>
        <source>recall of a prompt</source>
        <translation>调出历史提示词</translation>
    </message>
    <message>
        <source>use of a recipe</source>
        <translation>使用配方</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>who</source>
        <translation>主体</translation>
    </message>
    <message>
        <source>doing</source>
        <translation>动作或场景</translation>
    </message>
    <message>
        <source>styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>the subjects</source>
        <translation>主体组合方式</translation>
    </message>
    <message>
        <source>format</source>
        <translation>画幅</translation>
    </message>
    <message>
        <source>number of variations</source>
        <translation>变体数量</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>seed locked</source>
        <translation>种子锁定</translation>
    </message>
    <message>
        <source>negative prompt</source>
        <translation>负面提示词</translation>
    </message>
    <message>
        <source>guidance scale</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>how far</source>
        <translation>变化幅度</translation>
    </message>
    <message>
        <source>what is kept</source>
        <translation>保留内容</translation>
    </message>
    <message>
        <source>LoRAs</source>
        <translation>所用 LoRA</translation>
    </message>
    <message>
        <source>what is followed</source>
        <translation>参照</translation>
    </message>
    <message>
        <source>guide weight</source>
        <translation>参照权重</translation>
    </message>
    <message>
        <source>upscaler</source>
        <translation>放大模型</translation>
    </message>
    <message>
        <source>what is sent</source>
        <translation>发送的内容</translation>
    </message>
    <message>
        <source>{subjects} subjects × {styles} styles</source>
        <translation>{subjects} 个主体 × {styles} 种风格</translation>
    </message>
    <message>
        <source>{subjects} subjects</source>
        <translation>{subjects} 个主体</translation>
    </message>
    <message>
        <source>A contact sheet of {subjects} has {count} pictures.</source>
        <translation>{subjects}的总览图共有 {count} 张图片。</translation>
    </message>
    <message>
        <source>Leave some out, so that it has at most {count}.</source>
        <translation>请去掉一些，使其不超过 {count} 张。</translation>
    </message>
    <message>
        <source>Write the prompt anew.</source>
        <translation>请重新编写提示词。</translation>
    </message>
    <message>
        <source>Opening {file} …</source>
        <translation>正在打开 {file}…</translation>
    </message>
    <message>
        <source>{file} is damaged or another program&apos;s, and is not replaced.</source>
        <translation>{file} 已损坏或由其他程序创建，因此未被覆盖。</translation>
    </message>
    <message>
        <source>Save under another name.</source>
        <translation>请另存为其他名称。</translation>
    </message>
    <message>
        <source>Saving {file} …</source>
        <translation>正在保存 {file}…</translation>
    </message>
    <message>
        <source>What was not saved of “{name}” is kept.</source>
        <translation>“{name}”中未保存的工作已保留。</translation>
    </message>
    <message>
        <source>What was not saved is kept.</source>
        <translation>未保存的工作已保留。</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Not all could be brought back. Lost: {lost}.</source>
        <translation>部分内容未能恢复。丢失：{lost}。</translation>
    </message>
    <message>
        <source>Saved {file}.</source>
        <translation>已保存 {file}。</translation>
    </message>
    <message>
        <source>The file stays as it is: Save writes a new one.</source>
        <translation>原文件保持不变，保存时会写入新文件。</translation>
    </message>
    <message>
        <source>{file} is damaged. Lost: {lost}.</source>
        <translation>{file} 已损坏。丢失：{lost}。</translation>
    </message>
    <message>
        <source>The file stays as it is: Save writes a new one. {file} beside it may be whole.</source>
        <translation>原文件保持不变，保存时会写入新文件。同一文件夹中的 {file} 可能完好。</translation>
    </message>
    <message>
        <source>{file} is damaged or another program&apos;s; what this studio knows of it was read.</source>
        <translation>{file} 已损坏或由其他程序创建，只读取了可识别的内容。</translation>
    </message>
    <message>
        <source>What is not saved cannot be kept safe. {message}</source>
        <translation>无法妥善保留未保存的工作。{message}</translation>
    </message>
    <message>
        <source>{file} is a picture of the gallery.</source>
        <translation>{file} 是图库中的图片。</translation>
    </message>
    <message>
        <source>Choose another name or another folder, so that nothing is lost.</source>
        <translation>请换一个名称或文件夹，以免覆盖原有图片。</translation>
    </message>
    <message>
        <source>Exporting {file} …</source>
        <translation>正在导出 {file}…</translation>
    </message>
    <message>
        <source>Reading {file} …</source>
        <translation>正在读取 {file}…</translation>
    </message>
    <message>
        <source>Exported {file}.</source>
        <translation>已导出 {file}。</translation>
    </message>
    <message>
        <source>The libraries that sign pictures are not installed.</source>
        <translation>尚未安装图片签名所需的程序库。</translation>
    </message>
    <message>
        <source>Install them with: {command}</source>
        <translation>请用此命令安装：{command}</translation>
    </message>
    <message>
        <source>{folder} is in the gallery&apos;s own folder.</source>
        <translation>{folder} 位于图库自身的文件夹中。</translation>
    </message>
    <message>
        <source>Importing the pictures of {folder} …</source>
        <translation>正在导入 {folder} 中的图片…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Importing the pictures of {folder}: {done} of {count} …</source>
        <translation>正在导入 {folder} 中的图片：{done}/{count}…</translation>
    </message>
    <message>
        <source>Imported {folder}: {what}.</source>
        <translation>已导入 {folder}：{what}。</translation>
    </message>
    <message>
        <source>Stopped: {what}.</source>
        <translation>已停止：{what}。</translation>
    </message>
    <message>
        <source>Import the folder again to go on where it stopped.</source>
        <translation>再次导入此文件夹即可从中断处继续。</translation>
    </message>
    <message>
        <source>What could not be read stays where it is; the details name it.</source>
        <translation>无法读取的文件留在原处，详情中列出了这些文件。</translation>
    </message>
    <message>
        <source>The pictures cannot be imported: {reason}.</source>
        <translation>无法导入图片：{reason}。</translation>
    </message>
    <message>
        <source>See that the folder is there and may be read, then import it again.</source>
        <translation>请确认文件夹存在且可以读取，然后重新导入。</translation>
    </message>
    <message>
        <source>1 new picture</source>
        <translation>1 张新图片</translation>
    </message>
    <message>
        <source>{count} new pictures</source>
        <translation>{count} 张新图片</translation>
    </message>
    <message>
        <source>{count} here already</source>
        <translation>{count} 张已在图库中</translation>
    </message>
    <message>
        <source>{count} that cannot be read</source>
        <translation>{count} 张无法读取</translation>
    </message>
    <message>
        <source>{model} is drawing or has pictures to draw.</source>
        <translation>{model} 正在生成图片，或还有图片等待生成。</translation>
    </message>
    <message>
        <source>Wait until they are made, or cancel them.</source>
        <translation>请等图片生成完毕，或取消相应任务。</translation>
    </message>
    <message>
        <source>{model} is removed.</source>
        <translation>已移除 {model}。</translation>
    </message>
    <message>
        <source>{model} is installed.</source>
        <translation>已安装 {model}。</translation>
    </message>
    <message>
        <source>Of {model}, {count} files are damaged.</source>
        <translation>{model} 有 {count} 个文件损坏。</translation>
    </message>
    <message>
        <source>Of {model}, 1 file is damaged.</source>
        <translation>{model} 有 1 个文件损坏。</translation>
    </message>
    <message>
        <source>Press Repair in Models.</source>
        <translation>请在“模型”中点击“修复”。</translation>
    </message>
    <message>
        <source>{model} is whole.</source>
        <translation>{model} 完好无损。</translation>
    </message>
    <message>
        <source>Something went wrong with this model.</source>
        <translation>此模型出现问题。</translation>
    </message>
    <message>
        <source>Try again; if it fails again, copy the details.</source>
        <translation>请重试；若再次失败，请复制详情。</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source> · </source>
        <translation> · </translation>
    </message>
    <message>
        <source>{label} {number}</source>
        <translation>{label} {number}</translation>
    </message>
    <message>
        <source>Open or generate one first.</source>
        <translation>请先打开或生成一张。</translation>
    </message>
    <message>
        <source>Writing {file} …</source>
        <translation>正在写入 {file}…</translation>
    </message>
    <message>
        <source>{model} is imported.</source>
        <translation>已导入 {model}。</translation>
    </message>
    <message>
        <source>There is no model “{model}” here.</source>
        <translation>这里没有模型“{model}”。</translation>
    </message>
    <message>
        <source>Install it first.</source>
        <translation>请先安装。</translation>
    </message>
    <message>
        <source>{gone} is gone: {model} draws now.</source>
        <translation>{gone} 已不存在，现改用 {model} 生成图片。</translation>
    </message>
    <message>
        <source>The model “{gone}”, which drew last, cannot be used: {model} draws now.</source>
        <translation>上次使用的模型“{gone}”无法使用，现改用 {model} 生成图片。</translation>
    </message>
    <message>
        <source>The settings were damaged and begin anew. What was there is kept as {file}.</source>
        <translation>设置已损坏，现已重置。原有内容保存为 {file}。</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Discarded “{name}”.</source>
        <translation>已丢弃“{name}”。</translation>
    </message>
    <message>
        <source>There are {count} reference pictures already.</source>
        <translation>已有 {count} 张参考图。</translation>
    </message>
    <message>
        <source>Take one away first.</source>
        <translation>请先移除一张。</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>一张图片</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <source>Blends of {first} and {second}</source>
        <translation>“{first}”与“{second}”的融合</translation>
    </message>
    <message>
        <source>Variations of {picture}</source>
        <translation>“{picture}”的变体</translation>
    </message>
    <message>
        <source>Extending {picture}</source>
        <translation>扩展“{picture}”</translation>
    </message>
    <message>
        <source>Enlarging {picture}</source>
        <translation>放大“{picture}”</translation>
    </message>
    <message>
        <source>a picture</source>
        <translation>未命名图片</translation>
    </message>
    <message>
        <source>The regions cover the whole picture: no background is left.</source>
        <translation>区域覆盖了整张图片，没有留下背景。</translation>
    </message>
    <message>
        <source>Paint only what is to stay.</source>
        <translation>请只涂抹要保留的部分。</translation>
    </message>
    <message>
        <source>Removed from {picture}</source>
        <translation>从“{picture}”中移除</translation>
    </message>
    <message>
        <source>Behind {picture}: {prompt}</source>
        <translation>“{picture}”的新背景：{prompt}</translation>
    </message>
    <message>
        <source>1 picture · {model} · Dalle Studio</source>
        <translation>1 张图片 · {model} · Dalle Studio</translation>
    </message>
    <message>
        <source>{count} pictures · {model} · Dalle Studio</source>
        <translation>{count} 张图片 · {model} · Dalle Studio</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>总览图</translation>
    </message>
    <message>
        <source>Only the first {seconds} seconds were heard.</source>
        <translation>只识别了前 {seconds} 秒。</translation>
    </message>
    <message>
        <source>Say the rest now; it is added.</source>
        <translation>请接着说余下的内容，会自动添加。</translation>
    </message>
    <message>
        <source>Only English is understood until a recogniser for Chinese is installed.</source>
        <translation>安装中文语音识别模型之前，只能听懂英语。</translation>
    </message>
    <message>
        <source>Install one, or press the microphone once more and speak English.</source>
        <translation>请安装一个，或再按一次麦克风并说英语。</translation>
    </message>
    <message>
        <source>Install a recogniser …</source>
        <translation>安装语音识别模型…</translation>
    </message>
    <message>
        <source>place marker</source>
        <translation>放置标记</translation>
    </message>
    <message>
        <source>rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>eraser stroke</source>
        <translation>橡皮擦擦除</translation>
    </message>
    <message>
        <source>brush stroke</source>
        <translation>画笔涂抹</translation>
    </message>
    <message>
        <source>erasing by {shape}</source>
        <translation>{shape}擦除</translation>
    </message>
    <message>
        <source>There is no picture to vary.</source>
        <translation>没有可生成变体的图片。</translation>
    </message>
    <message>
        <source>There is no picture to enlarge.</source>
        <translation>没有可放大的图片。</translation>
    </message>
    <message>
        <source>There is no picture on the canvas to blend with.</source>
        <translation>画布上没有可融合的图片。</translation>
    </message>
    <message>
        <source>There is no finished picture for a contact sheet.</source>
        <translation>没有已完成的图片可制作总览图。</translation>
    </message>
    <message>
        <source>Make some first.</source>
        <translation>请先生成一些图片。</translation>
    </message>
    <message>
        <source>Of {count} files only the first, {file}, is opened.</source>
        <translation>共 {count} 个文件，只打开了第一个：{file}。</translation>
    </message>
    <message>
        <source>Bring the others one at a time.</source>
        <translation>请逐个打开其余文件。</translation>
    </message>
    <message>
        <source>Opening the picture …</source>
        <translation>正在打开图片…</translation>
    </message>
    <message>
        <source>This picture has {size} pixels.</source>
        <translation>此图片的尺寸为 {size} 像素。</translation>
    </message>
    <message>
        <source>Use one of {least} to {most} pixels a side.</source>
        <translation>请使用每边 {least} 至 {most} 像素的图片。</translation>
    </message>
    <message>
        <source>This picture carries no recipe.</source>
        <translation>此图片不带配方。</translation>
    </message>
    <message>
        <source>Only pictures made by Dalle Studio do.</source>
        <translation>只有 Dalle Studio 生成的图片才带有配方。</translation>
    </message>
    <message>
        <source>“{missing}”, which made this picture, is not installed: {model} draws another.</source>
        <translation>生成此图片的“{missing}”尚未安装，用 {model} 生成的结果会有所不同。</translation>
    </message>
    <message>
        <source>{model} is told “{english}” for “{prompt}”.</source>
        <translation>“{prompt}”以“{english}”发送给 {model}。</translation>
    </message>
    <message>
        <source>Moved {file} to the trash.</source>
        <translation>已将 {file} 移到回收站。</translation>
    </message>
    <message>
        <source>Moved {count} pictures to the trash.</source>
        <translation>已将 {count} 张图片移到回收站。</translation>
    </message>
    <message>
        <source>Brought back from the trash.</source>
        <translation>已从回收站恢复。</translation>
    </message>
    <message>
        <source>{file} cannot be deleted: {reason}.</source>
        <translation>无法删除 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Check that the file is still there and that the folder allows changes.</source>
        <translation>请检查文件是否仍在，以及文件夹是否允许更改。</translation>
    </message>
    <message>
        <source>{file} cannot be brought back: {reason}.</source>
        <translation>无法恢复 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Look for it in the trash: {path}.</source>
        <translation>请在回收站中查找：{path}。</translation>
    </message>
    <message>
        <source>The gallery is closed.</source>
        <translation>图库已关闭。</translation>
    </message>
    <message>
        <source>Start the studio again.</source>
        <translation>请重新启动 Dalle Studio。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be read: {reason}.</source>
        <translation>无法读取文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>Check who may read it, or use another folder.</source>
        <translation>请检查读取权限，或换用其他文件夹。</translation>
    </message>
    <message>
        <source>The old file of stars and collections is damaged: not all of it could be taken over.</source>
        <translation>旧的收藏与合集文件已损坏，部分内容未能迁移。</translation>
    </message>
    <message>
        <source>It stays as it is, for you to look at: {path}.</source>
        <translation>该文件保持原样，可自行查看：{path}。</translation>
    </message>
    <message>
        <source>{name} cannot be opened: {reason}.</source>
        <translation>无法打开 {name}：{reason}。</translation>
    </message>
    <message>
        <source>Check the path, and who may read the file.</source>
        <translation>请检查路径和文件的读取权限。</translation>
    </message>
    <message>
        <source>There is no “{name}” in {file}.</source>
        <translation>{file} 中没有“{name}”。</translation>
    </message>
    <message>
        <source>Use another copy of the file.</source>
        <translation>请使用该文件的其他副本。</translation>
    </message>
    <message>
        <source>The file has {count} members, so it was not opened.</source>
        <translation>文件包含 {count} 个条目，数量过多，因此未打开。</translation>
    </message>
    <message>
        <source>The file has two members called “{name}”, so it was not opened.</source>
        <translation>文件中有两个名为“{name}”的条目，因此未打开。</translation>
    </message>
    <message>
        <source>The file would unpack to too much, so it was not opened.</source>
        <translation>文件解压后会过大，因此未打开。</translation>
    </message>
    <message>
        <source>{file} is damaged, or no file of this kind.</source>
        <translation>{file} 已损坏，或不是此类文件。</translation>
    </message>
    <message>
        <source>Use another copy of it.</source>
        <translation>请使用其他副本。</translation>
    </message>
    <message>
        <source>Nothing can be read from {name}.</source>
        <translation>无法从 {name} 读取任何内容。</translation>
    </message>
    <message>
        <source>The file unpacks to too much, so it was not opened.</source>
        <translation>文件解压后过大，因此未打开。</translation>
    </message>
    <message>
        <source>The file is too large, so it was not opened.</source>
        <translation>文件过大，因此未打开。</translation>
    </message>
    <message>
        <source>The file has too long a list of members, so it was not opened.</source>
        <translation>文件的条目列表过长，因此未打开。</translation>
    </message>
    <message>
        <source>The file has a member whose name leads elsewhere, “{name}”, so it was not opened.</source>
        <translation>文件中的条目“{name}”指向外部位置，因此未打开。</translation>
    </message>
    <message>
        <source>The file has a link or device in it, “{name}”, so it was not opened.</source>
        <translation>文件中含有链接或设备“{name}”，因此未打开。</translation>
    </message>
    <message>
        <source>The file is encrypted.</source>
        <translation>文件已加密。</translation>
    </message>
    <message>
        <source>Save it without a password.</source>
        <translation>请另存为不带密码的文件。</translation>
    </message>
    <message>
        <source>The file is packed in an unusual way.</source>
        <translation>文件的打包方式不受支持。</translation>
    </message>
    <message>
        <source>Pack it again as a plain ZIP.</source>
        <translation>请重新打包为普通 ZIP 文件。</translation>
    </message>
    <message>
        <source>The file holds “{name}”, which unpacks to too much, so it was not opened.</source>
        <translation>文件中的“{name}”解压后过大，因此未打开。</translation>
    </message>
    <message>
        <source>Use it only from a source you trust.</source>
        <translation>请只使用来源可信的文件。</translation>
    </message>
    <message>
        <source>Check where it comes from.</source>
        <translation>请检查文件来源。</translation>
    </message>
    <message>
        <source>{name} holds no certificate with its key.</source>
        <translation>{name} 中没有附带密钥的证书。</translation>
    </message>
    <message>
        <source>Use a PEM file with the certificates, the signer&apos;s own first, and its key without a password.</source>
        <translation>请使用 PEM 文件，其中包含各级证书（签名者的证书在最前）及其不带密码的私钥。</translation>
    </message>
    <message>
        <source>The picture could not be signed.</source>
        <translation>无法为图片签名。</translation>
    </message>
    <message>
        <source>Check that the certificate is valid for signing, or export without Content Credentials.</source>
        <translation>请检查证书是否可用于签名，或导出时不附带内容凭证。</translation>
    </message>
    <message>
        <source>{name} could not be decoded, and was not opened.</source>
        <translation>无法解码 {name}，因此未打开。</translation>
    </message>
    <message>
        <source>The file could not be decoded, and was not opened.</source>
        <translation>无法解码文件，因此未打开。</translation>
    </message>
    <message>
        <source>Save it again in another program, or use another copy of it.</source>
        <translation>请在其他程序中重新保存，或使用其他副本。</translation>
    </message>
    <message>
        <source>{name} cannot be written to {folder}: {reason}.</source>
        <translation>无法将 {name} 写入 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>Free some space or use another folder.</source>
        <translation>请释放一些空间，或换用其他文件夹。</translation>
    </message>
    <message>
        <source>Use another folder.</source>
        <translation>请换用其他文件夹。</translation>
    </message>
    <message>
        <source>“{name}” names no format.</source>
        <translation>“{name}”没有指明格式。</translation>
    </message>
    <message>
        <source>Use a name that ends in .png, .jpg or .webp.</source>
        <translation>请使用以 .png、.jpg 或 .webp 结尾的名称。</translation>
    </message>
    <message>
        <source>{name} cannot be written: {reason}.</source>
        <translation>无法写入 {name}：{reason}。</translation>
    </message>
    <message>
        <source>Choose another folder or free some space.</source>
        <translation>请选择其他文件夹，或释放一些空间。</translation>
    </message>
    <message>
        <source>The recipe is too long for a JPEG.</source>
        <translation>配方过长，JPEG 无法容纳。</translation>
    </message>
    <message>
        <source>Export as PNG or WebP, or without the recipe.</source>
        <translation>请导出为 PNG 或 WebP，或不附带配方。</translation>
    </message>
    <message>
        <source>What was kept of the last session cannot be read.</source>
        <translation>无法读取上次会话保留的内容。</translation>
    </message>
    <message>
        <source>Start anew.</source>
        <translation>请重新开始。</translation>
    </message>
    <message>
        <source>The mask {name} has {own} pixels and the picture {size}.</source>
        <translation>蒙版 {name} 为 {own} 像素，而图片为 {size} 像素。</translation>
    </message>
    <message>
        <source>Use a mask of the picture&apos;s own size, or of the same proportions.</source>
        <translation>请使用与图片尺寸或比例相同的蒙版。</translation>
    </message>
    <message>
        <source>{name} carries no recipe.</source>
        <translation>{name} 不带配方。</translation>
    </message>
    <message>
        <source>Only pictures made by Dalle Studio can be made again.</source>
        <translation>只有 Dalle Studio 生成的图片才能重新生成。</translation>
    </message>
    <message>
        <source>The disk of {folder} has only {free} left.</source>
        <translation>{folder} 所在磁盘只剩 {free} 可用空间。</translation>
    </message>
    <message>
        <source>{name} is damaged or no picture this studio can read.</source>
        <translation>{name} 已损坏，或不是可读取的图片。</translation>
    </message>
    <message>
        <source>Use a whole PNG, JPEG, WebP, TIFF, GIF or BMP file.</source>
        <translation>请使用完好的 PNG、JPEG、WebP、TIFF、GIF 或 BMP 文件。</translation>
    </message>
    <message>
        <source>There is no picture at {path}.</source>
        <translation>{path} 处没有图片。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>{path} is not a file.</source>
        <translation>{path} 不是文件。</translation>
    </message>
    <message>
        <source>Name a picture file, not a folder.</source>
        <translation>请指定图片文件，而不是文件夹。</translation>
    </message>
    <message>
        <source>{path} may not be read.</source>
        <translation>没有读取 {path} 的权限。</translation>
    </message>
    <message>
        <source>Check who may read the file.</source>
        <translation>请检查文件的读取权限。</translation>
    </message>
    <message>
        <source>{name} has {length}.</source>
        <translation>{name} 的大小为 {length}。</translation>
    </message>
    <message>
        <source>Use a file of at most {most}.</source>
        <translation>请使用不超过 {most} 的文件。</translation>
    </message>
    <message>
        <source>{name} has {size} pixels, too many to work on.</source>
        <translation>{name} 为 {size} 像素，尺寸过大，无法处理。</translation>
    </message>
    <message>
        <source>Scale it down to at most {most} pixels a side.</source>
        <translation>请缩小到每边不超过 {most} 像素。</translation>
    </message>
    <message>
        <source>{name} has only {size} pixels.</source>
        <translation>{name} 只有 {size} 像素。</translation>
    </message>
    <message>
        <source>Use a picture of at least {least} pixels a side.</source>
        <translation>请使用每边至少 {least} 像素的图片。</translation>
    </message>
    <message>
        <source>an unknown reason</source>
        <translation>未知原因</translation>
    </message>
    <message>
        <source>Nothing can be written to {folder}: {reason}.</source>
        <translation>无法写入 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The source picture “{name}” is not beside this one, or it has changed.</source>
        <translation>来源图片“{name}”不在此图片旁边，或已被更改。</translation>
    </message>
    <message>
        <source>Say where it lies with --source-folder.</source>
        <translation>请用 --source-folder 指定其位置。</translation>
    </message>
    <message>
        <source>The catalogue has no model “{name}”.</source>
        <translation>模型目录中没有模型“{name}”。</translation>
    </message>
    <message>
        <source>The process that fetched {model} was ended.</source>
        <translation>下载 {model} 的进程已被终止。</translation>
    </message>
    <message>
        <source>Install it again: it goes on where it stopped.</source>
        <translation>请重新安装，将从中断处继续。</translation>
    </message>
    <message>
        <source>{model} is being fetched by another Dalle Studio.</source>
        <translation>另一个 Dalle Studio 正在下载 {model}。</translation>
    </message>
    <message>
        <source>Wait for it, or pause it there.</source>
        <translation>请等待完成，或在那边暂停下载。</translation>
    </message>
    <message>
        <source>HF_HUB_OFFLINE forbids it</source>
        <translation>HF_HUB_OFFLINE 禁止联网</translation>
    </message>
    <message>
        <source>Start without that variable.</source>
        <translation>请取消设置该环境变量后再启动。</translation>
    </message>
    <message>
        <source>Check the connection to {hub}, or set HF_ENDPOINT or HTTPS_PROXY; then install it again.</source>
        <translation>请检查与 {hub} 的连接，或设置 HF_ENDPOINT 或 HTTPS_PROXY，然后重新安装。</translation>
    </message>
    <message>
        <source>the hub cannot be reached</source>
        <translation>无法连接模型站</translation>
    </message>
    <message>
        <source>of a fault that it does not know ({fault})</source>
        <translation>发生未知错误（{fault}）</translation>
    </message>
    <message>
        <source>{model} needs {needed} more, and {reserve} to spare; {free} are free in {folder}.</source>
        <translation>{model} 还需要 {needed}，另需预留 {reserve}；{folder} 的可用空间为 {free}。</translation>
    </message>
    <message>
        <source>Free some space, or remove a model.</source>
        <translation>请释放一些空间，或移除一个模型。</translation>
    </message>
    <message>
        <source>{source} of {repo} came twice with a wrong hash, and was thrown away.</source>
        <translation>{repo} 的 {source} 两次下载的校验值都不对，已丢弃。</translation>
    </message>
    <message>
        <source>Something between here and the hub changes it: try another network, or without HF_ENDPOINT.</source>
        <translation>文件在从模型站传来的途中被改动：请换一个网络，或不使用 HF_ENDPOINT。</translation>
    </message>
    <message>
        <source>{model} could not be fetched: {why}.</source>
        <translation>无法下载 {model}：{why}。</translation>
    </message>
    <message>
        <source>Keep another one: dalle-studio models token; or forget it: dalle-studio models token --forget.</source>
        <translation>请换一个访问令牌：dalle-studio models token；或删除现有令牌：dalle-studio models token --forget。</translation>
    </message>
    <message>
        <source>the hub does not know the token</source>
        <translation>模型站不认识这个访问令牌</translation>
    </message>
    <message>
        <source>Ask for access at {page}, make a token with read access at {tokens}, and keep it: dalle-studio models token.</source>
        <translation>请在 {page} 申请访问权限，在 {tokens} 创建有读取权限的访问令牌，然后保存：dalle-studio models token。</translation>
    </message>
    <message>
        <source>its publisher gives it only to those who were granted access</source>
        <translation>发布者只向获得授权的用户提供</translation>
    </message>
    <message>
        <source>Its publisher has withdrawn it; look at {page}, or choose another model.</source>
        <translation>发布者已将其撤回；请查看 {page}，或选择其他模型。</translation>
    </message>
    <message>
        <source>the version that was to be fetched is not there any more</source>
        <translation>要下载的版本已不存在</translation>
    </message>
    <message>
        <source>Look at {page}, or choose another model.</source>
        <translation>请查看 {page}，或选择其他模型。</translation>
    </message>
    <message>
        <source>it is not on the hub any more</source>
        <translation>模型站上已没有这个模型</translation>
    </message>
    <message>
        <source>the hub answers with error {status}</source>
        <translation>模型站返回错误 {status}</translation>
    </message>
    <message>
        <source>Try again later: it goes on where it stopped.</source>
        <translation>请稍后再试：会从中断处继续。</translation>
    </message>
    <message>
        <source>The disk is full; what has come of {model} is kept.</source>
        <translation>磁盘已满；{model} 已下载的部分会保留。</translation>
    </message>
    <message>
        <source>Free some space and install it again: it goes on where it stopped.</source>
        <translation>请腾出一些空间，然后重新安装：会从中断处继续。</translation>
    </message>
    <message>
        <source>It was brought in from elsewhere: read its licence before you use it in business.</source>
        <translation>这是从外部导入的：用于商业用途之前，请阅读其许可证。</translation>
    </message>
    <message>
        <source>“{name}” is what the catalogue calls a model of its own.</source>
        <translation>“{name}”是模型目录中已有模型的名称。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>There is a model called “{name}” already.</source>
        <translation>已有名为“{name}”的模型。</translation>
    </message>
    <message>
        <source>Choose another name, or remove that one.</source>
        <translation>请换一个名称，或移除原有的模型。</translation>
    </message>
    <message>
        <source>It needs {needed}, and {reserve} to spare; {free} are free.</source>
        <translation>需要 {needed}，另外还要留出 {reserve}；目前可用 {free}。</translation>
    </message>
    <message>
        <source>{source} cannot be read: {reason}.</source>
        <translation>无法读取 {source}：{reason}。</translation>
    </message>
    <message>
        <source>See to its permissions.</source>
        <translation>请检查其访问权限。</translation>
    </message>
    <message>
        <source>a checkpoint in one file is to be converted first</source>
        <translation>单个文件的模型（checkpoint）需要先转换</translation>
    </message>
    <message>
        <source>{name} is a pickle, which could run code on this machine, and was not opened.</source>
        <translation>{name} 是 pickle 文件，可能会在这台电脑上运行代码，因此没有打开。</translation>
    </message>
    <message>
        <source>Use the model&apos;s safetensors file, or convert it in the program it came from, for example at https://huggingface.co/spaces/safetensors/convert.</source>
        <translation>请使用该模型的 safetensors 文件，或用它原来的程序转换，也可以在 https://huggingface.co/spaces/safetensors/convert 转换。</translation>
    </message>
    <message>
        <source>it does not end in .safetensors</source>
        <translation>文件名不以 .safetensors 结尾</translation>
    </message>
    <message>
        <source>{name} is no model or add-on that this studio can use: {why}.</source>
        <translation>{name} 不是 Dalle Studio 可用的模型或附加组件：{why}。</translation>
    </message>
    <message>
        <source>Take a diffusers folder, a Stable Diffusion 1.5 or XL checkpoint, a LoRA, an upscaler, or a Whisper folder in CTranslate2&apos;s format.</source>
        <translation>请选择 diffusers 文件夹、Stable Diffusion 1.5 或 XL 的模型文件（checkpoint）、LoRA、放大模型，或 CTranslate2 格式的 Whisper 文件夹。</translation>
    </message>
    <message>
        <source>its weights are pickles, which could run code on this machine</source>
        <translation>其权重是 pickle 文件，可能会在这台电脑上运行代码</translation>
    </message>
    <message>
        <source>it holds neither a model_index.json nor a single safetensors file</source>
        <translation>其中既没有 model_index.json，也没有单独的 safetensors 文件</translation>
    </message>
    <message>
        <source>it cannot be read ({error})</source>
        <translation>无法读取（{error}）</translation>
    </message>
    <message>
        <source>it is a recogniser for English alone, of which one is built in</source>
        <translation>它是仅支持英语的语音识别模型，而英语识别已内置</translation>
    </message>
    <message>
        <source>it is made for {name}</source>
        <translation>它是为 {name} 制作的</translation>
    </message>
    <message>
        <source>its folder “{part}” is missing</source>
        <translation>缺少文件夹“{part}”</translation>
    </message>
    <message>
        <source>{name} folder</source>
        <translation>{name} 文件夹</translation>
    </message>
    <message>
        <source>Kandinsky 2.2 folder</source>
        <translation>Kandinsky 2.2 文件夹</translation>
    </message>
    <message>
        <source>depth reader</source>
        <translation>深度读取模型</translation>
    </message>
    <message>
        <source>safety check</source>
        <translation>安全检查模型</translation>
    </message>
    <message>
        <source>a part of something</source>
        <translation>类型不明</translation>
    </message>
    <message>
        <source>it is {what} alone</source>
        <translation>其中只有单个组件（{what}）</translation>
    </message>
    <message>
        <source>it is a ControlNet for another base than Stable Diffusion 1.5 or XL</source>
        <translation>这个 ControlNet 的基础模型不是 Stable Diffusion 1.5 或 XL</translation>
    </message>
    <message>
        <source>ControlNet for depth</source>
        <translation>深度 ControlNet</translation>
    </message>
    <message>
        <source>ControlNet for edges</source>
        <translation>边缘 ControlNet</translation>
    </message>
    <message>
        <source>{name} is a ControlNet, and nothing in it says for what.</source>
        <translation>{name} 是 ControlNet，但其中没有说明用途。</translation>
    </message>
    <message>
        <source>Give the folder a name that says “canny” or “depth”.</source>
        <translation>请给文件夹取一个含有“canny”或“depth”的名称。</translation>
    </message>
    <message>
        <source>its IP-Adapter is for another base than Stable Diffusion 1.5 or XL</source>
        <translation>其中 IP-Adapter 的基础模型不是 Stable Diffusion 1.5 或 XL</translation>
    </message>
    <message>
        <source>it is an IP-Adapter without its image encoder; take the folder with both</source>
        <translation>这个 IP-Adapter 缺少图像编码器；请使用两者都有的文件夹</translation>
    </message>
    <message>
        <source>nothing in it is known here</source>
        <translation>其中没有可识别的内容</translation>
    </message>
    <message>
        <source>it is a ControlNet in one file; take the diffusers folder with its config.json</source>
        <translation>这是单个文件的 ControlNet；请使用带有 config.json 的 diffusers 文件夹</translation>
    </message>
    <message>
        <source>it is a LyCORIS network, of which only LoRA is taken</source>
        <translation>这是 LyCORIS 网络，其中只支持 LoRA</translation>
    </message>
    <message>
        <source>it is a FLUX transformer alone; take the diffusers folder</source>
        <translation>这只是 FLUX 的 transformer 部分；请使用 diffusers 文件夹</translation>
    </message>
    <message>
        <source>it is Stable Diffusion 3, for which nothing is here</source>
        <translation>这是 Stable Diffusion 3，目前不支持</translation>
    </message>
    <message>
        <source>it is a textual inversion, which is not taken</source>
        <translation>这是 textual inversion，不支持</translation>
    </message>
    <message>
        <source>it is an autoencoder alone</source>
        <translation>这只是自编码器</translation>
    </message>
    <message>
        <source>it is a part of a diffusers folder; take the whole folder</source>
        <translation>这只是 diffusers 文件夹的一部分；请使用整个文件夹</translation>
    </message>
    <message>
        <source>Stable Diffusion XL checkpoint</source>
        <translation>Stable Diffusion XL 模型文件（checkpoint）</translation>
    </message>
    <message>
        <source>Stable Diffusion 1.5 checkpoint</source>
        <translation>Stable Diffusion 1.5 模型文件（checkpoint）</translation>
    </message>
    <message>
        <source>it is Stable Diffusion 2, whose add-ons do not fit those of 1.5; take its diffusers folder</source>
        <translation>这是 Stable Diffusion 2，不能使用 1.5 的附加组件；请使用它的 diffusers 文件夹</translation>
    </message>
    <message>
        <source>it is a refiner, which draws nothing by itself</source>
        <translation>这是 refiner 模型，不能单独生成图片</translation>
    </message>
    <message>
        <source>its text encoder is missing</source>
        <translation>缺少文本编码器</translation>
    </message>
    <message>
        <source>it is made for inpainting or editing alone</source>
        <translation>它只用于局部重绘或编辑</translation>
    </message>
    <message>
        <source>it is unusual</source>
        <translation>其结构不常见</translation>
    </message>
    <message>
        <source>its autoencoder is missing</source>
        <translation>缺少自编码器</translation>
    </message>
    <message>
        <source>a text width of {width}</source>
        <translation>文本宽度 {width}</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>a base that cannot be told</source>
        <translation>无法识别</translation>
    </message>
    <message>
        <source>it is a LoRA for {base}</source>
        <translation>这个 LoRA 的基础模型（{base}）不受支持</translation>
    </message>
    <message>
        <source>LoRA for {family}</source>
        <translation>{family} 的 LoRA</translation>
    </message>
    <message>
        <source>it cannot be read ({reason})</source>
        <translation>无法读取（{reason}）</translation>
    </message>
    <message>
        <source>There is no add-on called “{name}” here.</source>
        <translation>这里没有名为“{name}”的附加组件。</translation>
    </message>
    <message>
        <source>A model cannot be called “{name}”.</source>
        <translation>模型名称不能是“{name}”。</translation>
    </message>
    <message>
        <source>Use up to 64 small letters, digits, full stops, hyphens and underscores; “starter” is taken.</source>
        <translation>名称最多 64 个字符，可用小写字母、数字、句点、连字符和下划线；“starter”已被占用。</translation>
    </message>
    <message>
        <source>The starter model is a part of Dalle Studio.</source>
        <translation>入门模型是 Dalle Studio 的一部分。</translation>
    </message>
    <message>
        <source>Remove another one.</source>
        <translation>请移除其他模型。</translation>
    </message>
    <message>
        <source>The model “{name}” in {folder} cannot be read.</source>
        <translation>无法读取 {folder} 中的模型“{name}”。</translation>
    </message>
    <message>
        <source>The add-on “{name}” in {folder} cannot be read.</source>
        <translation>无法读取 {folder} 中的附加组件“{name}”。</translation>
    </message>
    <message>
        <source>The words of the model “{name}” in {path} cannot be read.</source>
        <translation>无法读取 {path} 中模型“{name}”的词表。</translation>
    </message>
    <message>
        <source>“{name}” is a link to {target}, which is not ours to touch.</source>
        <translation>“{name}”是指向 {target} 的链接，Dalle Studio 不会改动那里的内容。</translation>
    </message>
    <message>
        <source>Delete the link {folder} yourself, if you want it gone.</source>
        <translation>如果不再需要，请自行删除链接 {folder}。</translation>
    </message>
    <message>
        <source>Install it: dalle-studio models install {name}. “{starter}” is always here.</source>
        <translation>请先安装：dalle-studio models install {name}。“{starter}”始终可用。</translation>
    </message>
    <message>
        <source>There is no model called “{name}” here.</source>
        <translation>这里没有名为“{name}”的模型。</translation>
    </message>
    <message>
        <source>Install it again: dalle-studio models install {name}; or remove it.</source>
        <translation>请重新安装：dalle-studio models install {name}；或移除它。</translation>
    </message>
    <message>
        <source>{repo} has no {pattern} any more.</source>
        <translation>{repo} 中已没有 {pattern}。</translation>
    </message>
    <message>
        <source>{repo} has no weights that this studio can read.</source>
        <translation>{repo} 中没有 Dalle Studio 能读取的权重。</translation>
    </message>
    <message>
        <source>{repo} has its weights ({path}) only as a pickle, which could run code on this machine.</source>
        <translation>{repo} 的权重（{path}）只有 pickle 格式，可能会在这台电脑上运行代码。</translation>
    </message>
    <message>
        <source>Choose another model, or convert it to safetensors, for example at https://huggingface.co/spaces/safetensors/convert, and import the folder.</source>
        <translation>请选择其他模型，或将其转换为 safetensors（例如在 https://huggingface.co/spaces/safetensors/convert 转换），再导入文件夹。</translation>
    </message>
    <message>
        <source>{repo} lacks a part of {stem}.</source>
        <translation>{repo} 的 {stem} 缺少一部分。</translation>
    </message>
    <message>
        <source>{repo} has a file called {path}, which leads out of the model&apos;s folder.</source>
        <translation>{repo} 中的文件 {path} 指向模型文件夹之外。</translation>
    </message>
    <message>
        <source>Choose another model, and tell whoever publishes this one.</source>
        <translation>请选择其他模型，并告知该模型的发布者。</translation>
    </message>
    <message>
        <source>That is no token.</source>
        <translation>这不是访问令牌。</translation>
    </message>
    <message>
        <source>Copy it from the hub&apos;s page of tokens: it begins with “hf_”.</source>
        <translation>请从模型站的令牌页面复制：它以“hf_”开头。</translation>
    </message>
    <message>
        <source>This system has no keyring that can be written to.</source>
        <translation>这个系统没有可写入的密钥环。</translation>
    </message>
    <message>
        <source>Unlock it, or put the token into the environment variable HF_TOKEN instead.</source>
        <translation>请解锁密钥环，或改为把令牌放入环境变量 HF_TOKEN。</translation>
    </message>
    <message>
        <source>“{name}” is a part of Dalle Studio.</source>
        <translation>“{name}”是 Dalle Studio 的一部分。</translation>
    </message>
    <message>
        <source>“{name}” is not installed.</source>
        <translation>“{name}”尚未安装。</translation>
    </message>
    <message>
        <source>Name a model that was installed: dalle-studio models list.</source>
        <translation>请指定一个已安装的模型：dalle-studio models list。</translation>
    </message>
    <message>
        <source>The list of files in {path} is damaged.</source>
        <translation>{path} 中的文件列表已损坏。</translation>
    </message>
    <message>
        <source>Install it again: dalle-studio models install {name}.</source>
        <translation>请重新安装：dalle-studio models install {name}。</translation>
    </message>
    <message>
        <source>what its header says does not fit the file</source>
        <translation>文件头的描述与文件内容不符</translation>
    </message>
    <message>
        <source>it is too short</source>
        <translation>文件太短</translation>
    </message>
    <message>
        <source>its header claims to be {size} long</source>
        <translation>文件头标称长达 {size}</translation>
    </message>
    <message>
        <source>it breaks off within its header</source>
        <translation>文件头不完整</translation>
    </message>
    <message>
        <source>{name} is no whole safetensors file: {why}.</source>
        <translation>{name} 不是完整的 safetensors 文件：{why}。</translation>
    </message>
    <message>
        <source>Fetch it again, or use another file.</source>
        <translation>请重新下载，或使用其他文件。</translation>
    </message>
    <message>
        <source>{name} is no project of Dalle Studio.</source>
        <translation>{name} 不是 Dalle Studio 的项目。</translation>
    </message>
    <message>
        <source>Open a file that ends in .ora, or a picture.</source>
        <translation>请打开以 .ora 结尾的文件，或一张图片。</translation>
    </message>
    <message>
        <source>The library&apos;s backup cannot be written to {folder}: {reason}.</source>
        <translation>无法把图库数据库的备份写入 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>Free some space, or allow writing to the folder.</source>
        <translation>请腾出一些空间，或允许写入该文件夹。</translation>
    </message>
    <message>
        <source>The library&apos;s database {name} is damaged.</source>
        <translation>图库数据库 {name} 已损坏。</translation>
    </message>
    <message>
        <source>It is made anew from the pictures and its last backup.</source>
        <translation>将根据图片和最近的备份重建。</translation>
    </message>
    <message>
        <source>The library&apos;s database in {folder} is damaged.</source>
        <translation>{folder} 中的图库数据库已损坏。</translation>
    </message>
    <message>
        <source>Another program holds the library in {folder}.</source>
        <translation>{folder} 中的图库数据库正被其他程序占用。</translation>
    </message>
    <message>
        <source>Close other programs that use it, then try again.</source>
        <translation>请关闭正在使用它的其他程序，然后重试。</translation>
    </message>
    <message>
        <source>The library in {folder} cannot be written: the disk is full.</source>
        <translation>无法写入 {folder} 中的图库数据库：磁盘已满。</translation>
    </message>
    <message>
        <source>The library in {folder} cannot be used: {reason}.</source>
        <translation>无法使用 {folder} 中的图库数据库：{reason}。</translation>
    </message>
    <message>
        <source>Check that the disk is there and the folder allows writing, or use another one.</source>
        <translation>请确认磁盘已连接且文件夹允许写入，或改用其他文件夹。</translation>
    </message>
    <message>
        <source>The pictures need {needed}, and the disk of {folder} has {free} left.</source>
        <translation>这些图片需要 {needed}，而 {folder} 所在磁盘只剩 {free}。</translation>
    </message>
    <message>
        <source>Free some space, or import a part of them.</source>
        <translation>请腾出一些空间，或只导入其中一部分。</translation>
    </message>
    <message>
        <source>The picture is saved as {name}, but the library could not list it: {message}</source>
        <translation>图片已保存为 {name}，但无法登记到图库数据库：{message}</translation>
    </message>
    <message>
        <source>{remedy} The studio lists it when it starts again.</source>
        <translation>{remedy}Dalle Studio 下次启动时会将它登记。</translation>
    </message>
    <message>
        <source>{name} is no PNG, JPEG or WebP, whatever its name says.</source>
        <translation>无论文件名怎么写，{name} 都不是 PNG、JPEG 或 WebP 图片。</translation>
    </message>
    <message>
        <source>Save it as one of these.</source>
        <translation>请另存为其中一种格式。</translation>
    </message>
    <message>
        <source>{name} cannot be copied to {folder}: {reason}.</source>
        <translation>无法把 {name} 复制到 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The library in {folder} can be looked at, but not changed.</source>
        <translation>{folder} 中的图库数据库只能查看，不能更改。</translation>
    </message>
    <message>
        <source>Allow writing to the folder, or free some space, then start the studio again.</source>
        <translation>请允许写入该文件夹，或腾出一些空间，然后重新启动 Dalle Studio。</translation>
    </message>
    <message>
        <source>The library&apos;s database is damaged and cannot be replaced: {reason}.</source>
        <translation>图库数据库已损坏，且无法替换：{reason}。</translation>
    </message>
    <message>
        <source>Close other programs that use it, or free some space, then try again.</source>
        <translation>请关闭正在使用它的其他程序，或腾出一些空间，然后重试。</translation>
    </message>
    <message>
        <source>Neither {folder} nor the folder for temporary files takes files: {reason}.</source>
        <translation>{folder} 和临时文件夹都无法写入文件：{reason}。</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}。</translation>
    </message>
    <message>
        <source>Stars and collections in {folder} cannot be changed now: {why}</source>
        <translation>目前无法更改 {folder} 中的收藏和合集：{why}</translation>
    </message>
    <message>
        <source>Allow writing to the folder or free some space, then start the studio again.</source>
        <translation>请允许写入该文件夹或腾出一些空间，然后重新启动 Dalle Studio。</translation>
    </message>
    <message>
        <source>The library&apos;s database was damaged. It is kept as {file} and made anew from the pictures.</source>
        <translation>图库数据库已损坏。损坏的文件保留为 {file}，新的数据库已根据图片重建。</translation>
    </message>
    <message>
        <source>All pictures are there; stars and collections have to be set again.</source>
        <translation>所有图片都在；收藏和合集需要重新设置。</translation>
    </message>
    <message>
        <source>The library&apos;s database was damaged. It is kept as {file} and made anew from its last backup and the pictures.</source>
        <translation>图库数据库已损坏。损坏的文件保留为 {file}，新的数据库已根据最近的备份和图片重建。</translation>
    </message>
    <message>
        <source>Look through your stars and collections: the latest may be missing.</source>
        <translation>请检查收藏和合集：最近的更改可能缺失。</translation>
    </message>
    <message>
        <source>The library has version {taken}, later than this studio reads ({known}).</source>
        <translation>图库数据库的版本是 {taken}，高于本版 Dalle Studio 能读取的版本（{known}）。</translation>
    </message>
    <message>
        <source>Update Dalle Studio, or use another folder.</source>
        <translation>请更新 Dalle Studio，或使用其他文件夹。</translation>
    </message>
    <message>
        <source>the prompts of the regions, and the frame</source>
        <translation>区域的提示词和画框</translation>
    </message>
    <message>
        <source>what was composed: prompt, style and settings</source>
        <translation>编排内容：提示词、风格和设置</translation>
    </message>
    <message>
        <source>how the picture was made</source>
        <translation>图片的生成方式</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>what was painted in region {number}</source>
        <translation>区域 {number} 中涂抹的内容</translation>
    </message>
    <message>
        <source>the prompt of a region</source>
        <translation>一个区域的提示词</translation>
    </message>
    <message>
        <source>the frame</source>
        <translation>画框</translation>
    </message>
    <message>
        <source>Who or what</source>
        <translation>人或物</translation>
    </message>
    <message>
        <source>Doing or where</source>
        <translation>动作或地点</translation>
    </message>
    <message>
        <source>In the style of</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>who or what</source>
        <translation>人或物</translation>
    </message>
    <message>
        <source>doing or where</source>
        <translation>动作或地点</translation>
    </message>
    <message>
        <source>in the style of</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Each subject on its own</source>
        <translation>每个主体单独成图</translation>
    </message>
    <message>
        <source>A contact sheet: one picture of each subject in each style</source>
        <translation>总览图：每个主体的每种风格各一张图片</translation>
    </message>
    <message>
        <source>Brush and region</source>
        <translation>画笔和区域</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>Brush size in pixels of the picture ([ and ])</source>
        <translation>画笔大小，以图片像素为单位（[ 和 ]）</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>How softly new parts blend in at a region&apos;s edge</source>
        <translation>区域边缘处新内容融合的柔和程度</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>New region</source>
        <translation>新建区域</translation>
    </message>
    <message>
        <source>Begin another region with its own prompt (N)</source>
        <translation>新建另一个带独立提示词的区域（N）</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反转</translation>
    </message>
    <message>
        <source>Swap painted and free</source>
        <translation>互换已涂抹和未涂抹的部分</translation>
    </message>
    <message>
        <source>Grow the region</source>
        <translation>扩大区域</translation>
    </message>
    <message>
        <source>Shrink the region</source>
        <translation>缩小区域</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Wipe what is painted</source>
        <translation>清除已涂抹的内容</translation>
    </message>
    <message>
        <source>Import a mask …</source>
        <translation>导入蒙版…</translation>
    </message>
    <message>
        <source>Export the mask …</source>
        <translation>导出蒙版…</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>扩大</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Candidate {number}: {label}, {state}</source>
        <translation>候选图 {number}：{label}，{state}</translation>
    </message>
    <message>
        <source>Blurred: {concerns} Double-click it, then press Show.</source>
        <translation>已模糊：{concerns}双击图片，然后按“显示”。</translation>
    </message>
    <message>
        <source>{percent}% made</source>
        <translation>已完成 {percent}%</translation>
    </message>
    <message>
        <source>{state}, kept</source>
        <translation>{state}，已保留</translation>
    </message>
    <message>
        <source>Could not be made</source>
        <translation>未能生成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The pictures you make appear here, one tile each. Keep the ones you like.</source>
        <translation>生成的图片会逐张显示在这里。保留喜欢的图片即可。</translation>
    </message>
    <message>
        <source>Keep this picture (K)</source>
        <translation>保留此图片（K）</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>全部保留</translation>
    </message>
    <message>
        <source>Keep every finished picture</source>
        <translation>保留所有已完成的图片</translation>
    </message>
    <message>
        <source>Make variations of this picture (V)</source>
        <translation>为此图片生成变体（V）</translation>
    </message>
    <message>
        <source>Put things into this picture (P)</source>
        <translation>在此图片中放入内容（P）</translation>
    </message>
    <message>
        <source>Move this picture to the trash (X or Delete)</source>
        <translation>将此图片移到回收站（X 或 Delete）</translation>
    </message>
    <message>
        <source>Save contact sheet</source>
        <translation>保存总览图</translation>
    </message>
    <message>
        <source>Save all finished pictures as one, with labels</source>
        <translation>将所有已完成的图片合并保存为一张带标签的图片</translation>
    </message>
    <message>
        <source>{action}, candidates</source>
        <translation>{action}，候选图</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已保留</translation>
    </message>
    <message>
        <source>Discard rest</source>
        <translation>丢弃其余</translation>
    </message>
    <message>
        <source>Move every finished picture that is not kept to the trash</source>
        <translation>将所有已完成但未保留的图片移到回收站</translation>
    </message>
    <message>
        <source>Empty the strip; the pictures stay in the gallery</source>
        <translation>清空候选栏；图片仍保留在图库中</translation>
    </message>
    <message>
        <source>Describe a picture on the left, or drop one here</source>
        <translation>在左侧描述画面，或将图片拖到这里</translation>
    </message>
    <message>
        <source>What to make in this region</source>
        <translation>在此区域中生成的内容</translation>
    </message>
    <message>
        <source>What goes here?</source>
        <translation>这里放什么？</translation>
    </message>
    <message>
        <source>Place {number}</source>
        <translation>位置 {number}</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>没有图片</translation>
    </message>
    <message>
        <source>Picture of {size} pixels, regions: {regions}</source>
        <translation>{size} 像素的图片，区域：{regions}</translation>
    </message>
    <message>
        <source>Picture of {size} pixels</source>
        <translation>{size} 像素的图片</translation>
    </message>
    <message>
        <source>Extend to</source>
        <translation>扩展为</translation>
    </message>
    <message>
        <source>No frame</source>
        <translation>无画框</translation>
    </message>
    <message>
        <source>Take the frame away: the picture keeps its own edges</source>
        <translation>移除画框，图片保持原有边缘</translation>
    </message>
    <message>
        <source>Extend the picture to {format}; it stays in the middle, and can be dragged from there</source>
        <translation>将图片扩展为{format}；图片居中放置，之后可以拖动</translation>
    </message>
    <message>
        <source>Candidate on show</source>
        <translation>正在查看的候选图</translation>
    </message>
    <message>
        <source>Back to the picture</source>
        <translation>返回图片</translation>
    </message>
    <message>
        <source>Show the picture with its regions again</source>
        <translation>重新显示图片及其区域</translation>
    </message>
    <message>
        <source>Go on from this one</source>
        <translation>以此图继续</translation>
    </message>
    <message>
        <source>Put this candidate on the canvas in the picture&apos;s place</source>
        <translation>用此候选图替换画布上的图片</translation>
    </message>
    <message>
        <source>Candidate: {label}</source>
        <translation>候选图：{label}</translation>
    </message>
    <message>
        <source>Building block. Delete removes it, Ctrl and arrow keys move it, F2 edits it.</source>
        <translation>词块。按 Delete 移除，按 Ctrl 和方向键移动，按 F2 编辑。</translation>
    </message>
    <message>
        <source>Building block. Delete removes it, Ctrl and arrow keys move it.</source>
        <translation>词块。按 Delete 移除，按 Ctrl 和方向键移动。</translation>
    </message>
    <message>
        <source>This model does not know all of it.</source>
        <translation>此模型无法理解其中的部分词语。</translation>
    </message>
    <message>
        <source>Remove “{text}”</source>
        <translation>移除“{text}”</translation>
    </message>
    <message>
        <source>Edit “{text}”</source>
        <translation>编辑“{text}”</translation>
    </message>
    <message>
        <source>add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add {name}</source>
        <translation>添加{name}</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>End the comparison (Esc)</source>
        <translation>结束对比（Esc）</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Suggested words</source>
        <translation>建议的词语</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>精细</translation>
    </message>
    <message>
        <source>Composer</source>
        <translation>创作面板</translation>
    </message>
    <message>
        <source>What do you see?</source>
        <translation>想看到什么画面？</translation>
    </message>
    <message>
        <source>Start over with an empty prompt</source>
        <translation>清空提示词，重新开始</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>画幅</translation>
    </message>
    <message>
        <source>A contact sheet has one picture of each</source>
        <translation>总览图中每种组合各有一张图片</translation>
    </message>
    <message>
        <source>“{word}”: did you mean “{meant}”?</source>
        <translation>“{word}”：是不是“{meant}”？</translation>
    </message>
    <message>
        <source>This model does not know {words}.</source>
        <translation>此模型无法理解{words}。</translation>
    </message>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <extracomment>A day and a time in the format of Qt&apos;s QDateTime, such as yyyy年M月d日 HH:mm</extracomment>
        <translation>yyyy年M月d日 HH:mm</translation>
    </message>
    <message>
        <source>Pictures ({kinds})</source>
        <translation>图片 ({kinds})</translation>
    </message>
    <message>
        <source>Models ({kinds})</source>
        <translation>模型 ({kinds})</translation>
    </message>
    <message>
        <source>Import a model from a file</source>
        <translation>从文件导入模型</translation>
    </message>
    <message>
        <source>Projects and pictures ({kinds})</source>
        <translation>项目和图片 ({kinds})</translation>
    </message>
    <message>
        <source>Projects ({kinds})</source>
        <translation>项目 ({kinds})</translation>
    </message>
    <message>
        <source>Certificate and key ({kinds})</source>
        <translation>证书和密钥 ({kinds})</translation>
    </message>
    <message>
        <source>A certificate of your own, with its key</source>
        <translation>自己的证书及其密钥</translation>
    </message>
    <message>
        <source>Export with recipe</source>
        <translation>导出（含配方）</translation>
    </message>
    <message>
        <source>Export without recipe</source>
        <translation>导出（不含配方）</translation>
    </message>
    <message>
        <source>Export the mask</source>
        <translation>导出蒙版</translation>
    </message>
    <message>
        <source>All files ({kinds})</source>
        <translation>所有文件 ({kinds})</translation>
    </message>
    <message>
        <source>Edit the picture</source>
        <translation>编辑图片</translation>
    </message>
    <message>
        <source>Generate new pictures instead</source>
        <translation>改为生成新图片</translation>
    </message>
    <message>
        <source>Make new pictures of the words, and leave the one on the canvas alone</source>
        <translation>按提示词生成新图片，画布上的图片保持不变</translation>
    </message>
    <message>
        <source>Vary the picture instead</source>
        <translation>改为生成图片变体</translation>
    </message>
    <message>
        <source>Make variations of the picture on the canvas (Ctrl+Shift+V)</source>
        <translation>为画布上的图片生成变体（Ctrl+Shift+V）</translation>
    </message>
    <message>
        <source>Add a picture …</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>A picture that the words may speak of; or drop one here, up to three</source>
        <translation>提示词可以提及的参考图；也可将图片拖到这里，最多三张</translation>
    </message>
    <message>
        <source>Refers to</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Add …</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Picture {number}</source>
        <translation>图片 {number}</translation>
    </message>
    <message>
        <source>Take picture {number} away</source>
        <translation>移除图片 {number}</translation>
    </message>
    <message>
        <source>dropped picture</source>
        <translation>拖入的图片</translation>
    </message>
    <message>
        <source>Family of the picture</source>
        <translation>同源图片</translation>
    </message>
    <message>
        <source>Made from: {title}</source>
        <translation>来源：{title}</translation>
    </message>
    <message>
        <source>This picture: {title}</source>
        <translation>此图片：{title}</translation>
    </message>
    <message>
        <source>Made from this: {title}</source>
        <translation>由此图生成：{title}</translation>
    </message>
    <message>
        <source>+1 variation</source>
        <translation>+1 个变体</translation>
    </message>
    <message>
        <source>+{count} variations</source>
        <translation>+{count} 个变体</translation>
    </message>
    <message>
        <source>Show the other pictures made from this one</source>
        <translation>显示由此图生成的其他图片</translation>
    </message>
    <message>
        <source>{name}, not in this folder</source>
        <translation>{name}，不在此文件夹中</translation>
    </message>
    <message>
        <source>Copy the final prompt</source>
        <translation>复制最终提示词</translation>
    </message>
    <message>
        <source>Final prompt: empty</source>
        <translation>最终提示词：空</translation>
    </message>
    <message>
        <source>Final prompt: {prompt}</source>
        <translation>最终提示词：{prompt}</translation>
    </message>
    <message>
        <source>The whole prompt stands here.</source>
        <translation>完整的提示词会显示在这里。</translation>
    </message>
    <message>
        <source>{prompt}, and 1 more picture</source>
        <translation>{prompt}，另有 1 张图片</translation>
    </message>
    <message>
        <source>{prompt}, and {count} more pictures</source>
        <translation>{prompt}，另有 {count} 张图片</translation>
    </message>
    <message>
        <source>{prompt}, and in 1 more style</source>
        <translation>{prompt}，另有 1 种风格</translation>
    </message>
    <message>
        <source>{prompt}, and in {count} more styles</source>
        <translation>{prompt}，另有 {count} 种风格</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>方形</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>专辑</translation>
    </message>
    <message>
        <source>Banner</source>
        <translation>横幅</translation>
    </message>
    <message>
        <source>Poster</source>
        <translation>海报</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>竖屏</translation>
    </message>
    <message>
        <source>Slide</source>
        <translation>幻灯片</translation>
    </message>
    <message>
        <source>{format}, {size} pixels</source>
        <translation>{format}，{size} 像素</translation>
    </message>
    <message>
        <source>Put the selected pictures into a new collection</source>
        <translation>将所选图片放入新合集</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>全部 {count}</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>已收藏</translation>
    </message>
    <message>
        <source>Show all pictures</source>
        <translation>显示所有图片</translation>
    </message>
    <message>
        <source>Show only starred pictures</source>
        <translation>仅显示收藏的图片</translation>
    </message>
    <message>
        <source>Show only the collection “{name}”</source>
        <translation>仅显示合集“{name}”</translation>
    </message>
    <message>
        <source>Name of the new collection</source>
        <translation>新合集的名称</translation>
    </message>
    <message>
        <source>Name the collection</source>
        <translation>为合集命名</translation>
    </message>
    <message>
        <source>Pictures in the gallery</source>
        <translation>图库中的图片</translation>
    </message>
    <message>
        <source>{title}, starred</source>
        <translation>{title}，已收藏</translation>
    </message>
    <message>
        <source>{name}, {width} by {height} pixels</source>
        <translation>{name}，{width} × {height} 像素</translation>
    </message>
    <message>
        <source>Import a folder of pictures…</source>
        <translation>导入图片文件夹…</translation>
    </message>
    <message>
        <source>Reading the folder…</source>
        <translation>正在读取文件夹…</translation>
    </message>
    <message>
        <source>Say what you want to see and press Generate, or bring the pictures you have.</source>
        <translation>描述想看到的画面并按“生成”，或导入已有的图片。</translation>
    </message>
    <message>
        <source>No pictures yet</source>
        <translation>暂无图片</translation>
    </message>
    <message>
        <source>Search looks through prompts, names, styles and collections.</source>
        <translation>搜索范围包括提示词、名称、风格和合集。</translation>
    </message>
    <message>
        <source>Nothing found for “{query}”</source>
        <translation>未找到与“{query}”相关的图片</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Nothing starred yet</source>
        <translation>暂无收藏</translation>
    </message>
    <message>
        <source>Press S on a picture, or click its star.</source>
        <translation>选中图片后按 S，或点击其星标。</translation>
    </message>
    <message>
        <source>This collection is empty</source>
        <translation>此合集为空</translation>
    </message>
    <message>
        <source>Add pictures from their menu.</source>
        <translation>可从图片的菜单中加入图片。</translation>
    </message>
    <message>
        <source>Open on canvas</source>
        <translation>在画布上打开</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>Compare with the canvas</source>
        <translation>与画布对比</translation>
    </message>
    <message>
        <source>Blend with the canvas</source>
        <translation>与画布融合</translation>
    </message>
    <message>
        <source>Refer to it in an edit</source>
        <translation>编辑时用作参考图</translation>
    </message>
    <message>
        <source>Remove star</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Add to collection</source>
        <translation>添加到合集</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Export picture…</source>
        <translation>导出图片…</translation>
    </message>
    <message>
        <source>Export with recipe…</source>
        <translation>导出（含配方）…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>New collection…</source>
        <translation>新建合集…</translation>
    </message>
    <message>
        <source>Search pictures and words</source>
        <translation>搜索图片和文字</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索内容</translation>
    </message>
    <message>
        <source>Put what the prompts say into the regions; what is around them stays</source>
        <translation>按提示词填充区域，周围画面保持不变</translation>
    </message>
    <message>
        <source>Take away what the regions cover; what is around goes on through them</source>
        <translation>移除区域内的内容，并以周围画面补全</translation>
    </message>
    <message>
        <source>Keep what the regions cover; make everything else anew, as the prompt on the left says</source>
        <translation>保留区域内的内容，其余部分按左侧提示词重新生成</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>What becomes of the regions</source>
        <translation>区域的处理方式</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>足够</translation>
    </message>
    <message>
        <source>fits with offload, slower</source>
        <translation>可借助主内存运行，速度较慢</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>不足</translation>
    </message>
    <message>
        <source>This model draws the next pictures</source>
        <translation>接下来的图片由此模型生成</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use {model}</source>
        <translation>使用 {model}</translation>
    </message>
    <message>
        <source>Let this model draw the next pictures</source>
        <translation>用此模型生成接下来的图片</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Repair {model}</source>
        <translation>修复 {model}</translation>
    </message>
    <message>
        <source>Fetch what is missing or damaged</source>
        <translation>重新下载缺失或损坏的文件</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Check {model}</source>
        <translation>校验 {model}</translation>
    </message>
    <message>
        <source>Compare every file with what it should be</source>
        <translation>逐一检查文件是否完整无误</translation>
    </message>
    <message>
        <source>Remove {model}</source>
        <translation>移除 {model}</translation>
    </message>
    <message>
        <source>Take it off this computer; can be undone</source>
        <translation>从这台电脑中移除；可撤销</translation>
    </message>
    <message>
        <source>Install {model}</source>
        <translation>安装 {model}</translation>
    </message>
    <message>
        <source>Install …</source>
        <translation>安装…</translation>
    </message>
    <message>
        <source>Read its licence, then download it</source>
        <translation>阅读许可证后下载</translation>
    </message>
    <message>
        <source>for {family}</source>
        <translation>适用于：{family}</translation>
    </message>
    <message>
        <source>What it goes with</source>
        <translation>适用的模型</translation>
    </message>
    <message>
        <source>On the disk</source>
        <translation>磁盘占用</translation>
    </message>
    <message>
        <source>Memory needed to draw</source>
        <translation>生成图片所需的内存</translation>
    </message>
    <message>
        <source>Learnt from pictures made here</source>
        <translation>根据在本机生成的图片估算</translation>
    </message>
    <message>
        <source>{size} on disk</source>
        <translation>占用磁盘 {size}</translation>
    </message>
    <message>
        <source>{size} to download</source>
        <translation>需下载 {size}</translation>
    </message>
    <message>
        <source>about {seconds} s a picture</source>
        <translation>每张图片约 {seconds} 秒</translation>
    </message>
    <message>
        <source>needs {size} of memory</source>
        <translation>需要 {size} 内存</translation>
    </message>
    <message>
        <source>needs {size} of memory: {fit}</source>
        <translation>需要 {size} 内存：{fit}</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Its makers want to know who takes it: agree on its page, then make a token with read access in your settings there and paste it here. It is kept in this system&apos;s keyring.</source>
        <translation>模型作者希望了解使用者的身份：请先在模型页面上同意条款，再到该网站的设置中创建具有读取权限的访问令牌，并粘贴到这里。令牌保存在系统的密钥环中。</translation>
    </message>
    <message>
        <source>Licence of {model}</source>
        <translation>{model} 的许可证</translation>
    </message>
    <message>
        <source>Token of the hub</source>
        <translation>模型站的访问令牌</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save the token in the keyring</source>
        <translation>将令牌保存到密钥环</translation>
    </message>
    <message>
        <source>Save the token in this system&apos;s keyring</source>
        <translation>将令牌保存到系统密钥环</translation>
    </message>
    <message>
        <source>Download {size}</source>
        <translation>下载 {size}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Download {model} under this licence</source>
        <translation>按此许可证下载 {model}</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Close this; nothing is downloaded</source>
        <translation>关闭，不下载任何内容</translation>
    </message>
    <message>
        <source>Read the licence</source>
        <translation>阅读许可证</translation>
    </message>
    <message>
        <source>Its page</source>
        <translation>模型页面</translation>
    </message>
    <message>
        <source>{name}: {text}</source>
        <translation>{name}：{text}</translation>
    </message>
    <message>
        <source>Opens {address} in the browser</source>
        <translation>在浏览器中打开 {address}</translation>
    </message>
    <message>
        <source>Save a token first</source>
        <translation>请先保存令牌</translation>
    </message>
    <message>
        <source>Take it under this licence; the download can be paused</source>
        <translation>接受此许可证并下载；下载可以暂停</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Its licence lets a business use it</source>
        <translation>许可证允许商业使用</translation>
    </message>
    <message>
        <source>With conditions</source>
        <translation>有条件</translation>
    </message>
    <message>
        <source>Its licence lets a business use it, under conditions</source>
        <translation>许可证允许商业使用，但有附加条件</translation>
    </message>
    <message>
        <source>No or unknown</source>
        <translation>否或未知</translation>
    </message>
    <message>
        <source>Its licence does not let a business use it, or is not known</source>
        <translation>许可证不允许商业使用，或许可证未知</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>what recipes will call it</source>
        <translation>配方中使用的名称</translation>
    </message>
    <message>
        <source>such as Apache-2.0; empty: not known</source>
        <translation>例如 Apache-2.0；留空表示未知</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Business use</source>
        <translation>商业使用</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>商用</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>导入进度</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Copy it to the models; the original stays where it is</source>
        <translation>复制到模型文件夹；原文件保留在原处</translation>
    </message>
    <message>
        <source>Copy nothing</source>
        <translation>不复制任何文件</translation>
    </message>
    <message>
        <source>Finding out what this is …</source>
        <translation>正在识别文件类型…</translation>
    </message>
    <message>
        <source>A recogniser of Chinese and English, from {path}</source>
        <translation>中英文语音识别模型，来自 {path}</translation>
    </message>
    <message>
        <source>A model like {family}, from {path}</source>
        <translation>同类模型：{family}；来自 {path}</translation>
    </message>
    <message>
        <source>{kind} for {family}, from {path}</source>
        <translation>{kind}，适用于：{family}；来自 {path}</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Model: {model}</source>
        <translation>模型：{model}</translation>
    </message>
    <message>
        <source>The model that draws the next pictures; press to choose another</source>
        <translation>用于生成接下来图片的模型；点击可选择其他模型</translation>
    </message>
    <message>
        <source>Models that are installed</source>
        <translation>已安装的模型</translation>
    </message>
    <message>
        <source>Models …</source>
        <translation>模型…</translation>
    </message>
    <message>
        <source>All models: install, check, remove</source>
        <translation>所有模型：安装、校验、移除</translation>
    </message>
    <message>
        <source>Install, check and remove models</source>
        <translation>安装、校验和移除模型</translation>
    </message>
    <message>
        <source>{name}. Draws now</source>
        <translation>{name}。正在使用</translation>
    </message>
    <message>
        <source>{model}: {able}. {use}, {licence}</source>
        <translation>{model}：{able}。{use}，{licence}</translation>
    </message>
    <message>
        <source>The studio&apos;s own</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>边缘</translation>
    </message>
    <message>
        <source>New pictures have the edges of the one on the canvas</source>
        <translation>新图片沿用画布上图片的边缘</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>New pictures have the depth of the one on the canvas</source>
        <translation>新图片沿用画布上图片的深度</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>参照</translation>
    </message>
    <message>
        <source>New pictures are free in their shapes</source>
        <translation>新图片的形状不受限制</translation>
    </message>
    <message>
        <source>How closely new pictures follow the one on the canvas; 1 is as the add-on was trained</source>
        <translation>新图片贴近画布上图片的程度；1 为附加组件训练时的强度</translation>
    </message>
    <message>
        <source>Closely</source>
        <translation>贴近程度</translation>
    </message>
    <message>
        <source>What enlarges pictures; press to choose</source>
        <translation>放大图片所用的模型；点击选择</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Upscaler: {upscaler}</source>
        <translation>放大模型：{upscaler}</translation>
    </message>
    <message>
        <source>Add a LoRA …</source>
        <translation>添加 LoRA…</translation>
    </message>
    <message>
        <source>Adapt the model by a LoRA that is installed for it</source>
        <translation>用已安装的 LoRA 调整此模型的效果</translation>
    </message>
    <message>
        <source>{add_on}: 0 is without it, 1 as it was trained, below 0 away from it</source>
        <translation>{add_on}：0 为不使用，1 为训练时的强度，小于 0 则反向作用</translation>
    </message>
    <message>
        <source>Take {add_on} away</source>
        <translation>移除 {add_on}</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创作</translation>
    </message>
    <message>
        <source>Makes pictures from words</source>
        <translation>根据文字生成图片</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>放置</translation>
    </message>
    <message>
        <source>Makes things at places in a picture</source>
        <translation>在图片的指定位置生成内容</translation>
    </message>
    <message>
        <source>Makes variations of a picture</source>
        <translation>生成图片的变体</translation>
    </message>
    <message>
        <source>Blends two pictures</source>
        <translation>融合两张图片</translation>
    </message>
    <message>
        <source>Continues a picture beyond its edges</source>
        <translation>将图片延伸到边界之外</translation>
    </message>
    <message>
        <source>Changes a picture as a sentence says</source>
        <translation>按一句话修改图片</translation>
    </message>
    <message>
        <source>Variations and blends</source>
        <translation>变体与融合</translation>
    </message>
    <message>
        <source>Follows edges</source>
        <translation>参照边缘</translation>
    </message>
    <message>
        <source>Follows depth</source>
        <translation>参照深度</translation>
    </message>
    <message>
        <source>Reads depth</source>
        <translation>读取深度</translation>
    </message>
    <message>
        <source>Upscaler</source>
        <translation>放大模型</translation>
    </message>
    <message>
        <source>Safety check</source>
        <translation>安全检查</translation>
    </message>
    <message>
        <source>Speech in Chinese and English</source>
        <translation>中英文语音</translation>
    </message>
    <message>
        <source>the starter model</source>
        <translation>入门模型</translation>
    </message>
    <message>
        <source>Commercial use</source>
        <translation>可商业使用</translation>
    </message>
    <message>
        <source>Commercial use with conditions</source>
        <translation>可商业使用（有条件）</translation>
    </message>
    <message>
        <source>No commercial use</source>
        <translation>不可商业使用</translation>
    </message>
    <message>
        <source>every model</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>Licence {licence}: {use}</source>
        <translation>许可证 {licence}：{use}</translation>
    </message>
    <message>
        <source>No example: the studio shows none that was not made here</source>
        <translation>暂无示例：只显示在本机生成的图片</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop for now; what has come stays</source>
        <translation>暂时停止；已下载的部分会保留</translation>
    </message>
    <message>
        <source>Go on from where it stopped</source>
        <translation>从停下的地方继续</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Say no more of it; what has come stays</source>
        <translation>不再提示；已下载的部分会保留</translation>
    </message>
    <message>
        <source>Progress of {model}</source>
        <translation>{model} 的进度</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Asking the hub …</source>
        <translation>正在查询模型站…</translation>
    </message>
    <message>
        <source>Checking the files</source>
        <translation>正在校验文件</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/秒</translation>
    </message>
    <message>
        <source>Add-ons: more for the models above</source>
        <translation>附加组件：为以上模型增添功能</translation>
    </message>
    <message>
        <source>Speech: what the microphone understands</source>
        <translation>语音：麦克风能听懂什么</translation>
    </message>
    <message>
        <source>Import a file …</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>A .safetensors file: a checkpoint, a LoRA, an upscaler. Or drop it here</source>
        <translation>.safetensors 文件：模型文件（checkpoint）、LoRA 或放大模型。也可拖放到此处</translation>
    </message>
    <message>
        <source>Import a folder …</source>
        <translation>导入文件夹…</translation>
    </message>
    <message>
        <source>A folder in the layout of diffusers. Or drop it here</source>
        <translation>diffusers 结构的文件夹。也可拖放到此处</translation>
    </message>
    <message>
        <source>Back to the canvas (Esc)</source>
        <translation>返回画布（Esc）</translation>
    </message>
    <message>
        <source>Close the models</source>
        <translation>关闭模型页</translation>
    </message>
    <message>
        <source>What it can do</source>
        <translation>模型功能</translation>
    </message>
    <message>
        <source>Commercial use allowed</source>
        <translation>允许商业使用</translation>
    </message>
    <message>
        <source>Show only what a business may use, with conditions or without</source>
        <translation>只显示可商业使用的模型，无论是否附带条件</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show every model</source>
        <translation>显示所有模型</translation>
    </message>
    <message>
        <source>{problem} What is installed works all the same.</source>
        <translation>{problem}已安装的模型仍可正常使用。</translation>
    </message>
    <message>
        <source>Finding out what there is …</source>
        <translation>正在查找可用内容…</translation>
    </message>
    <message>
        <source>No model does all of that. Show all, or import one of your own.</source>
        <translation>没有符合全部条件的模型。请显示全部，或导入自己的模型。</translation>
    </message>
    <message>
        <source>Import a model from a folder</source>
        <translation>从文件夹导入模型</translation>
    </message>
    <message>
        <source>This computer has {size} of memory. What draws in it is known once the engine runs.</source>
        <translation>这台电脑有 {size} 内存。引擎运行后才能确定由哪个设备生成图片。</translation>
    </message>
    <message>
        <source>Pictures are drawn by the processor: {size} of memory</source>
        <translation>图片由处理器生成：{size} 内存</translation>
    </message>
    <message>
        <source>{name}: {size} shared of memory</source>
        <translation>{name}：{size} 共享内存</translation>
    </message>
    <message>
        <source>{name}: {size} of memory</source>
        <translation>{name}：{size} 显存</translation>
    </message>
    <message>
        <source>computer: {size} of memory</source>
        <translation>电脑：{size} 内存</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed and settings give the same picture again.</source>
        <translation>种子和设置相同，生成的图片也相同。</translation>
    </message>
    <message>
        <source>Roll another seed</source>
        <translation>随机换一个种子</translation>
    </message>
    <message>
        <source>Keep this seed for the next pictures</source>
        <translation>后续图片沿用此种子</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>Negative prompt, seed, guidance, steps</source>
        <translation>反向提示词、种子、引导强度、步数</translation>
    </message>
    <message>
        <source>Without</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>what should not be there</source>
        <translation>不希望出现的内容</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>Negative prompt: what the pictures should stay away from</source>
        <translation>反向提示词：图片应避免出现的内容</translation>
    </message>
    <message>
        <source>Guidance scale: how closely the model keeps to the words; high values look harsh</source>
        <translation>引导强度：模型遵循提示词的程度；数值过高会使画面生硬</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>Denoising steps: more are slower and finer. “Speed” sets them for you.</source>
        <translation>去噪步数：步数越多，速度越慢，画面越精细。“速度”会自动设定步数。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Seed is kept; click to let it change</source>
        <translation>种子已锁定；点击可让它变化</translation>
    </message>
    <message>
        <source>Seed changes each time; click to keep it</source>
        <translation>种子每次都会变化；点击可锁定</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Close the message “{message}”</source>
        <translation>关闭通知“{message}”</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>{name}: back to the model&apos;s own</source>
        <translation>{name}：恢复模型默认值</translation>
    </message>
    <message>
        <source>{name} slider</source>
        <translation>{name}滑块</translation>
    </message>
    <message>
        <source>What was dropped is no picture on this computer.</source>
        <translation>拖放的内容不是这台电脑上的图片。</translation>
    </message>
    <message>
        <source>Save it as a file first.</source>
        <translation>请先将它保存为文件。</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>剪贴板中没有图片。</translation>
    </message>
    <message>
        <source>Copy one in another program first.</source>
        <translation>请先在其他程序中复制一张图片。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>打开最近文件</translation>
    </message>
    <message>
        <source>Without one, the studio makes a certificate of its own</source>
        <translation>未选择证书时，Dalle Studio 会自行创建证书</translation>
    </message>
    <message>
        <source>What you want to see, in English or Chinese.</source>
        <translation>用英文或中文描述想看到的画面。</translation>
    </message>
    <message>
        <source>This model does not know “{word}”, so it may leave it out.</source>
        <translation>此模型不认识“{word}”，可能会忽略它。</translation>
    </message>
    <message>
        <source>Did you mean “{near}”? This model does not know “{word}”.</source>
        <translation>是否想写“{near}”？此模型不认识“{word}”。</translation>
    </message>
    <message>
        <source>Replace “{word}” with “{near}”</source>
        <translation>将“{word}”替换为“{near}”</translation>
    </message>
    <message>
        <source>A teddy bear on a skateboard</source>
        <translation>一只踩着滑板的泰迪熊</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Not</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发送内容</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>生成时间</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>已模糊</translation>
    </message>
    <message>
        <source>Recipe of the selected picture</source>
        <translation>所选图片的配方</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show the selected picture</source>
        <translation>显示所选图片</translation>
    </message>
    <message>
        <source>Show this picture here, in its tile and on the canvas</source>
        <translation>在此处、缩略图和画布上显示这张图片</translation>
    </message>
    <message>
        <source>Remix</source>
        <translation>再创作</translation>
    </message>
    <message>
        <source>Take the prompt and the settings, but not the seed: other pictures of it</source>
        <translation>沿用提示词和设置，但不沿用种子：生成同一内容的其他图片</translation>
    </message>
    <message>
        <source>Use all</source>
        <translation>全部沿用</translation>
    </message>
    <message>
        <source>Take everything, the seed too: the same picture again</source>
        <translation>沿用全部设置，包括种子：重现同一张图片</translation>
    </message>
    <message>
        <source>Take the seed alone: your own prompt from the same beginning</source>
        <translation>只沿用种子：从相同的起点，用自己的提示词生成</translation>
    </message>
    <message>
        <source>Export this picture…</source>
        <translation>导出这张图片…</translation>
    </message>
    <message>
        <source>{what} of the selected picture</source>
        <translation>{what}（所选图片）</translation>
    </message>
    <message>
        <source>Prompt of the selected picture</source>
        <translation>所选图片的提示词</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>guidance {scale}</source>
        <translation>引导强度 {scale}</translation>
    </message>
    <message>
        <source>Go on where you left off</source>
        <translation>从上次停下的地方继续</translation>
    </message>
    <message>
        <source>This was not saved. It is kept here until you decide.</source>
        <translation>这些内容尚未保存，会一直保留在此处，等待处理。</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Keep all of it, and begin something else; the project menu brings this page back</source>
        <translation>全部保留，先做其他工作；可从项目菜单返回此页</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Put it on the canvas again, as it was</source>
        <translation>按原样放回画布</translation>
    </message>
    <message>
        <source>Take it off this list; it is deleted when the studio is closed</source>
        <translation>从列表中移除；关闭 Dalle Studio 时会删除</translation>
    </message>
    <message>
        <source>Restore “{name}”</source>
        <translation>恢复“{name}”</translation>
    </message>
    <message>
        <source>Discard “{name}”</source>
        <translation>丢弃“{name}”</translation>
    </message>
    <message>
        <source>1 region</source>
        <translation>1 个区域</translation>
    </message>
    <message>
        <source>Today, {time}</source>
        <translation>今天 {time}</translation>
    </message>
    <message>
        <source>Yesterday, {time}</source>
        <translation>昨天 {time}</translation>
    </message>
    <message>
        <source>{name}: {label}</source>
        <translation>{name}：{label}</translation>
    </message>
    <message>
        <source>Write the English yourself</source>
        <translation>自行编写英文</translation>
    </message>
    <message>
        <source>{model} reads English only, and is sent this.</source>
        <translation>{model} 只懂英文，实际发送的是这段文字。</translation>
    </message>
    <message>
        <source>Not: {prompt}</source>
        <translation>排除：{prompt}</translation>
    </message>
    <message>
        <source>Without English: {words}. Write it in English, or choose a model that reads Chinese.</source>
        <translation>没有对应的英文：{words}。请改用英文书写，或选择能读懂中文的模型。</translation>
    </message>
    <message>
        <source>What is sent, in English</source>
        <translation>发送的英文内容</translation>
    </message>
    <message>
        <source>Say the prompt: click, or hold while you speak. It is understood on this computer; nothing is uploaded.</source>
        <translation>说出提示词：点击开始，或按住说话。语音在本机识别，不会上传。</translation>
    </message>
    <message>
        <source>That was all</source>
        <translation>说完了</translation>
    </message>
    <message>
        <source>Language and recogniser of what is spoken</source>
        <translation>说话的语言与语音识别模型</translation>
    </message>
    <message>
        <source>What is heard</source>
        <translation>听到的内容</translation>
    </message>
    <message>
        <source>Listening · Esc drops it</source>
        <translation>正在聆听 · 按 Esc 放弃</translation>
    </message>
    <message>
        <source>Opening the microphone</source>
        <translation>正在打开麦克风</translation>
    </message>
    <message>
        <source>Level of the microphone</source>
        <translation>麦克风音量</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Running job</source>
        <translation>正在运行的任务</translation>
    </message>
    <message>
        <source>Cancel the running job (Ctrl+.)</source>
        <translation>取消正在运行的任务（Ctrl+.）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Show the queue</source>
        <translation>显示队列</translation>
    </message>
    <message>
        <source>Progress of the running job</source>
        <translation>正在运行的任务的进度</translation>
    </message>
    <message>
        <source>{count} more in queue</source>
        <translation>队列中还有 {count} 个</translation>
    </message>
    <message>
        <source>The engine is ready</source>
        <translation>引擎已就绪</translation>
    </message>
    <message>
        <source>The engine is loading</source>
        <translation>引擎正在加载</translation>
    </message>
    <message>
        <source>The engine is working</source>
        <translation>引擎正在工作</translation>
    </message>
    <message>
        <source>Jobs in the queue</source>
        <translation>队列中的任务</translation>
    </message>
    <message>
        <source>Cancel “{job}”, number {place} in the queue</source>
        <translation>取消队列中第 {place} 个任务“{job}”</translation>
    </message>
    <message>
        <source>{job} · Cancelling…</source>
        <translation>{job} · 正在取消…</translation>
    </message>
    <message>
        <source>step {step} of {steps}</source>
        <translation>第 {step} / {steps} 步</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>on this computer, offline</source>
        <translation>在本机离线运行</translation>
    </message>
    <message>
        <source>Keep nothing in particular: colours, frame and shapes may all change</source>
        <translation>不特别保留：颜色、构图和形状都可能变化</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Keep where things stand and their shapes; light and colours change</source>
        <translation>保留物体的位置和形状；光线和颜色会变化</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Keep the colours; frame and shapes change</source>
        <translation>保留颜色；构图和形状会变化</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主体</translation>
    </message>
    <message>
        <source>Keep what stands in the foreground; what is around it changes</source>
        <translation>保留前景主体；周围的内容会变化</translation>
    </message>
    <message>
        <source>How far variations go from their picture, in percent</source>
        <translation>变体与原图的差异程度，以百分比表示</translation>
    </message>
    <message>
        <source>almost the same</source>
        <translation>几乎相同</translation>
    </message>
    <message>
        <source>only the idea</source>
        <translation>只保留创意</translation>
    </message>
    <message>
        <source>Add a second picture …</source>
        <translation>添加第二张图片…</translation>
    </message>
    <message>
        <source>Blend with a second picture</source>
        <translation>与第二张图片融合</translation>
    </message>
    <message>
        <source>Choose a picture to blend in, drop one here, or use the gallery&apos;s menu</source>
        <translation>选择要融合的图片，将图片拖放到此处，或使用图库菜单</translation>
    </message>
    <message>
        <source>First picture of the blend</source>
        <translation>融合的第一张图片</translation>
    </message>
    <message>
        <source>Second picture of the blend</source>
        <translation>融合的第二张图片</translation>
    </message>
    <message>
        <source>Blend: from the first to the second picture</source>
        <translation>融合：从第一张图片到第二张图片</translation>
    </message>
    <message>
        <source>Take the second picture away</source>
        <translation>移除第二张图片</translation>
    </message>
    <message>
        <source>{first} % of the first, {second} % of the second</source>
        <translation>第一张占 {first}%，第二张占 {second}%</translation>
    </message>
    <message>
        <source>Blend the two pictures</source>
        <translation>融合两张图片</translation>
    </message>
    <message>
        <source>Make a variation of the two pictures (Ctrl+Shift+V)</source>
        <translation>用两张图片生成 1 张变体（Ctrl+Shift+V）</translation>
    </message>
    <message>
        <source>Make {count} variations of the two pictures (Ctrl+Shift+V)</source>
        <translation>用两张图片生成 {count} 张变体（Ctrl+Shift+V）</translation>
    </message>
    <message>
        <source>Vary the picture on the canvas</source>
        <translation>为画布上的图片生成变体</translation>
    </message>
    <message>
        <source>Make a variation of the picture on the canvas (Ctrl+Shift+V)</source>
        <translation>为画布上的图片生成 1 张变体（Ctrl+Shift+V）</translation>
    </message>
    <message>
        <source>Make {count} variations of the picture on the canvas (Ctrl+Shift+V)</source>
        <translation>为画布上的图片生成 {count} 张变体（Ctrl+Shift+V）</translation>
    </message>
    <message>
        <source>Show the blurred picture</source>
        <translation>显示被模糊的图片</translation>
    </message>
    <message>
        <source>Show this picture here, in its tile and in the gallery</source>
        <translation>在此处、缩略图和图库中显示这张图片</translation>
    </message>
    <message>
        <source>Blurred: {concerns}</source>
        <translation>已模糊：{concerns}</translation>
    </message>
    <message>
        <source>All-rounder for graphics cards with 8 GB, with the most LoRAs and ControlNets.</source>
        <translation>适合 8 GB 显存显卡的全能模型，LoRA 和 ControlNet 最丰富。</translation>
    </message>
    <message>
        <source>Business use is allowed but for the harmful uses its attachment lists, and who passes the model on passes these limits on.</source>
        <translation>允许商业使用，但附件所列的有害用途除外；再分发此模型时须一并附上这些限制。</translation>
    </message>
    <message>
        <source>Changes, varies and blends pictures as a sentence says, up to four at once; for very large graphics cards.</source>
        <translation>按一句话修改图片、生成变体或融合图片，最多同时处理四张；适合显存非常大的显卡。</translation>
    </message>
    <message>
        <source>Creates and edits in four steps: photographs, drawings and changes told in a sentence.</source>
        <translation>四步即可生成和编辑：照片、绘画，以及用一句话描述的修改。</translation>
    </message>
    <message>
        <source>Enlarges photographs four times, with plausible detail.</source>
        <translation>将照片放大四倍，并补充可信的细节。</translation>
    </message>
    <message>
        <source>Its model card names the licence without a text: read what it says before you use it in business.</source>
        <translation>其模型卡片只写出许可证名称，没有附上正文：商业使用前请先阅读其中的说明。</translation>
    </message>
    <message>
        <source>Keep the notice when you pass the model on.</source>
        <translation>再分发此模型时须保留声明。</translation>
    </message>
    <message>
        <source>Keep the notices when you pass the model on.</source>
        <translation>再分发此模型时须保留各项声明。</translation>
    </message>
    <message>
        <source>Keep the notices.</source>
        <translation>须保留各项声明。</translation>
    </message>
    <message>
        <source>Lets pictures be blended, and variations follow what a picture shows.</source>
        <translation>可以融合图片，并让变体依据图片的内容生成。</translation>
    </message>
    <message>
        <source>New pictures follow the depth of another one (ControlNet).</source>
        <translation>让新图片参照另一张图片的深度（ControlNet）。</translation>
    </message>
    <message>
        <source>New pictures follow the edges of another one (ControlNet).</source>
        <translation>让新图片参照另一张图片的边缘（ControlNet）。</translation>
    </message>
    <message>
        <source>Photographs and posters with legible English and Chinese, in nine steps.</source>
        <translation>九步生成照片和海报，中英文字清晰可读。</translation>
    </message>
    <message>
        <source>Posters and slides with long, exact lettering; for very large graphics cards.</source>
        <translation>适合文字较长且需准确的海报和幻灯片；适合显存非常大的显卡。</translation>
    </message>
    <message>
        <source>Reads the depth of a picture, for the depth ControlNets.</source>
        <translation>读取图片的深度，供深度 ControlNet 使用。</translation>
    </message>
    <message>
        <source>Small and quick, for graphics cards with 4 GB and for many add-ons.</source>
        <translation>小巧快速，适合 4 GB 显存的显卡，可用的附加组件很多。</translation>
    </message>
    <message>
        <source>Stable Diffusion XL in four steps: many ideas in little time.</source>
        <translation>四步完成的 Stable Diffusion XL：短时间内获得许多创意。</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>入门模型</translation>
    </message>
    <message>
        <source>Tells pictures that not everybody wants to see, so that they can be blurred.</source>
        <translation>识别并非人人都愿意看到的图片，以便将其模糊。</translation>
    </message>
    <message>
        <source>The licence could not be confirmed here: read its model card before you use it in business.</source>
        <translation>此处无法确认许可证：商业使用前请先阅读其模型卡片。</translation>
    </message>
    <message>
        <source>Understands spoken Chinese and English best; for computers with many cores.</source>
        <translation>中英文语音识别效果最好；适合多核电脑。</translation>
    </message>
    <message>
        <source>Understands spoken Chinese and English better than base, in about three times the time.</source>
        <translation>中英文语音识别效果好于 base，用时约为其三倍。</translation>
    </message>
    <message>
        <source>Understands spoken Chinese and English; quick on every computer.</source>
        <translation>能听懂中文和英语；在任何电脑上都很快。</translation>
    </message>
    <message>
        <source>Varies a picture and blends two by what they show, as DALL·E 2 did.</source>
        <translation>按画面内容生成图片的变体，或融合两张图片，如同 DALL·E 2。</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Spoken language</source>
        <translation>说话的语言</translation>
    </message>
    <message>
        <source>As the window ({language})</source>
        <translation>与窗口相同（{language}）</translation>
    </message>
    <message>
        <source>English (built in)</source>
        <translation>英语（内置）</translation>
    </message>
    <message>
        <source>Chinese and English: {recogniser} (installed)</source>
        <translation>中文和英语：{recogniser}（已安装）</translation>
    </message>
    <message>
        <source>More recognisers …</source>
        <translation>更多语音识别模型…</translation>
    </message>
    <message>
        <source>Install a recogniser for Chinese …</source>
        <translation>安装中文语音识别模型…</translation>
    </message>
</context>
</TS>
