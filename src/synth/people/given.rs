//! Given names by sex and birth decade.

/// Characters and whole given names that were in fashion for one sex over some years.
pub struct Fashion {
    /// The first year of the fashion; it lasts until the next one.
    pub from: i32,
    pub men: &'static str,
    pub women: &'static str,
    pub men_whole: &'static [&'static str],
    pub women_whole: &'static [&'static str],
    /// The share of names with a single given character.
    pub single: f64,
}

/// The fashions, oldest first.
pub const FASHIONS: &[Fashion] = &[
    Fashion {
        from: 0,
        men: "德福祥生元贵清华全有金山文云林保春松寿树连庆海长光宝义忠志成",
        women: "秀英兰桂珍玉芳凤莲香娥梅花菊素淑月云贞翠银满元冬",
        men_whole: &["福生", "德明", "桂生", "玉清", "金生", "长生", "德华", "国清"],
        women_whole: &[
            "秀英", "桂英", "秀兰", "玉兰", "玉珍", "桂兰", "凤英", "秀珍", "玉英", "兰英",
        ],
        single: 0.08,
    },
    Fashion {
        from: 1950,
        men: "建国平军华明志文新民卫东永强胜利立红光跃进援朝忠庆忠辉伟",
        women: "秀兰英玉华桂珍芳爱红霞琴凤菊香淑云梅建丽群萍平",
        men_whole: &[
            "建国", "建华", "志强", "国强", "建平", "建军", "卫东", "国华", "跃进", "援朝",
        ],
        women_whole: &[
            "秀英", "秀兰", "玉兰", "桂兰", "爱华", "爱珍", "红英", "淑华", "玉华", "建华",
        ],
        single: 0.12,
    },
    Fashion {
        from: 1968,
        men: "伟军勇强建国平辉波斌刚涛明华志红卫兵东海峰文新林",
        women: "丽红梅霞艳芳敏燕英玲华萍娟秀芬琴云春凤平",
        men_whole: &["建军", "志强", "志勇", "红卫", "文革", "建辉", "小平", "国平", "卫国"],
        women_whole: &[
            "丽华", "春梅", "小红", "红梅", "丽娟", "桂花", "小英", "秀梅", "建红", "小玲",
        ],
        single: 0.34,
    },
    Fashion {
        from: 1982,
        men: "磊超鹏杰浩涛亮鑫波勇辉军飞龙刚俊伟凯斌峰帅",
        women: "静婷丽娜艳娟敏燕芳洁莉玲慧颖雪倩丹琳蓉琼",
        men_whole: &["志伟", "小龙", "海波", "俊杰", "文斌", "志鹏", "小波", "亮亮"],
        women_whole: &["丽娜", "海燕", "小燕", "婷婷", "雪梅", "小芳", "丹丹", "晓燕", "艳红"],
        single: 0.42,
    },
    Fashion {
        from: 1996,
        men: "宇浩杰鑫俊豪轩博文涛阳翔凯嘉诚哲航子旭瑞",
        women: "欣怡婷雨佳思琪梦雅诗颖慧璐瑶嘉晴萱静悦",
        men_whole: &["俊杰", "浩宇", "鑫宇", "文杰", "嘉豪", "子豪", "俊豪", "志豪", "宇航"],
        women_whole: &[
            "欣怡", "雨欣", "佳怡", "思琪", "梦婷", "诗雨", "佳慧", "雨婷", "紫薇", "梦瑶",
        ],
        single: 0.16,
    },
    Fashion {
        from: 2009,
        men: "子梓浩宇轩睿泽辰铭晨奕博涵沐俊熙皓宸霖屹昊",
        women: "梓涵欣妍一诺可馨语桐若汐雨萱晨沐悦芮苡柠萌琪",
        men_whole: &[
            "梓轩", "浩然", "子轩", "宇轩", "一鸣", "沐宸", "奕辰", "子墨", "宇泽", "浩宇", "俊熙",
        ],
        women_whole: &[
            "梓涵", "欣妍", "一诺", "子涵", "雨桐", "梓萱", "诗涵", "若汐", "沐瑶", "可馨", "语桐",
        ],
        single: 0.05,
    },
];

/// Characters that older systems could not write, used in a few given names.
pub const RARE: &str = "堃喆淼焱鑫䶮翀珺玥瑀晟犇赟㛃䴖懋邕祎旻彧";
