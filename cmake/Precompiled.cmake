# The standard headers and nlohmann's are read once per folder. No more than these: headers that bring objects of their own
# (Asio, CLI11) would put them into every source and cost more than they save.
function(answerback_precompile target)
  if(NOT ANSWERBACK_PCH)
    return()
  endif()
  target_precompile_headers(${target} PRIVATE <algorithm> <chrono> <functional> <map> <memory> <optional> <string> <string_view>
    <unordered_map> <variant> <vector> <nlohmann/json.hpp>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess)
  endif()
endfunction()
