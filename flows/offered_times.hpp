// Do a day, a time of day, a moment, a window lie within what a question offers? All by the contact's clock.
#pragma once

#include "flows/expect.hpp"

namespace answerback::flows {

bool limits_anything(const OfferedTimes& offered);
bool offers_day(const OfferedTimes& offered, std::chrono::sys_days day);
bool offers_time(const OfferedTimes& offered, Duration time_of_day);  // on some day of the week
bool offers_window(const OfferedTimes& offered, Duration from, Duration to);
bool offers_moment(const OfferedTimes& offered, LocalTime at);

// What is offered on some day, in order: for samples, and for who says only "morning". Without limits the whole day.
std::vector<OpenRange> offered_ranges(const OfferedTimes& offered);

}  // namespace answerback::flows
