// Reads where a call goes and the headers that it carries. The host is never a contact's to choose, nor what frames the request.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

void read_url(Loading& loading, Fields& request, Call& call);
void read_headers(Loading& loading, Fields& request, Call& call);

}  // namespace answerback::flows
