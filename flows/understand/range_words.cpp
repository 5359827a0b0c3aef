#include "flows/understand/range_words.hpp"

#include <array>

namespace answerback::flows {

namespace {

constexpr auto joints = std::to_array<RangeJoint>({
    {"to"},
    {"till"},
    {"til"},
    {"until"},
    {"thru"},
    {"through"},
    {"-"},
    {"~"},
    {"or", false, true},
    {"and", true},
    {"&", true},
    {"n", true},
    {"a"},
    {"al"},
    {"hasta"},
    {"o", false, true},
    {"u", false, true},
    {"y", true},
    {"e", true},
    {"au"},
    {"aux"},
    {"jusqu'a"},
    {"ou", false, true},
    {"et", true},
});

constexpr auto leads = std::to_array<std::string_view>({"between", "btw", "btwn", "from", "entre", "desde", "de", "del", "du", "des"});

}  // namespace

std::span<const RangeJoint> range_joints() { return joints; }
std::span<const std::string_view> range_leads() { return leads; }

}  // namespace answerback::flows
