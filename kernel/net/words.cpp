// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/words.hpp"

#include "kernel/crypto/crypto.hpp"

namespace sz::net {

const std::array<std::string_view, 256>& word_list() {
    static constexpr std::array<std::string_view, 256> all{
        "acorn",   "amber",    "anchor",   "ankle",    "apple",    "apron",    "arrow",
        "aspen",   "atlas",    "autumn",   "avenue",   "bacon",    "badge",    "bamboo",
        "banjo",   "barrel",   "basket",   "beetle",   "blanket",  "blossom",  "bonfire",
        "border",  "bottle",   "bracelet", "bridge",   "bronze",   "bucket",   "buffalo",
        "bundle",  "button",   "cabin",    "cactus",   "camel",    "candle",   "canoe",
        "canvas",  "carpet",   "castle",   "cedar",    "cellar",   "chapel",   "cherry",
        "chimney", "cinema",   "circus",   "clover",   "coffee",   "comet",    "compass",
        "copper",  "coral",    "cotton",   "cougar",   "cradle",   "crayon",   "cricket",
        "crystal", "cushion",  "daisy",    "dancer",   "desert",   "diamond",  "dinner",
        "donkey",  "dragon",   "drummer",  "eagle",    "earring",  "easel",    "echo",
        "elbow",   "elephant", "eleven",   "emerald",  "engine",   "envelope", "falcon",
        "farmer",  "feather",  "fiddle",   "finger",   "flagpole", "flamingo", "flower",
        "forest",  "fossil",   "fountain", "garden",   "garlic",   "gecko",    "giraffe",
        "glacier", "goblet",   "goose",    "granite",  "grape",    "guitar",   "hammer",
        "hamster", "harvest",  "hazel",    "hedgehog", "helmet",   "hockey",   "iceberg",
        "igloo",   "insect",   "island",   "ivory",    "jacket",   "jaguar",   "jasmine",
        "jelly",   "jewel",    "jigsaw",   "journey",  "jungle",   "kettle",   "keyboard",
        "kingdom", "kitchen",  "kitten",   "koala",    "ladder",   "lagoon",   "laptop",
        "lemon",   "leopard",  "lettuce",  "library",  "lilac",    "lizard",   "lobster",
        "locket",  "lumber",   "magnet",   "maple",    "marble",   "meadow",   "melody",
        "mermaid", "meteor",   "midnight", "mirror",   "morning",  "muffin",   "museum",
        "mustard", "napkin",   "nectar",   "needle",   "nickel",   "noodle",   "novel",
        "nutmeg",  "oasis",    "oboe",     "ocean",    "octopus",  "olive",    "onion",
        "opera",   "orange",   "orchid",   "otter",    "oxygen",   "oyster",   "paddle",
        "painter", "panda",    "parrot",   "pasture",  "peach",    "pebble",   "pelican",
        "pencil",  "penguin",  "pepper",   "piano",    "picnic",   "pigeon",   "pilot",
        "pirate",  "planet",   "plum",     "poem",     "polar",    "poppy",    "potato",
        "puppet",  "puzzle",   "pyramid",  "quartz",   "quilt",    "rabbit",   "radio",
        "rainbow", "ribbon",   "river",    "robin",    "rooster",  "ruby",     "sailor",
        "salmon",  "sandal",   "sapphire", "saturn",   "saucer",   "seagull",  "shadow",
        "silver",  "slipper",  "snowman",  "spider",   "spinach",  "squirrel", "statue",
        "stone",   "sugar",    "sunset",   "swan",     "table",    "temple",   "thunder",
        "ticket",  "tiger",    "timber",   "tomato",   "tractor",  "trumpet",  "tulip",
        "tunnel",  "twelve",   "umbrella", "unicorn",  "valley",   "vanilla",  "velvet",
        "village", "violin",   "volcano",  "voyage",   "wagon",    "walrus",   "water",
        "whistle", "willow",   "window",   "winter",   "wolf",     "wombat",   "yellow",
        "yogurt",  "zebra",    "zigzag",   "zipper"};
    return all;
}

std::string spoken_words(const noise::Hash& hash) {
    const Digest digest = Hasher("SessionZero words v1").add(hash).finish();
    std::string spoken;
    for (std::size_t i = 0; i < 6; ++i) {
        if (i > 0) spoken += ' ';
        spoken += word_list()[digest[i]];
    }
    return spoken;
}

}  // namespace sz::net
