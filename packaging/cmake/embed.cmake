# wordsight_embed(TARGET NAMESPACE ns FILES name=path…): puts files into the program as constants.
#   Generates embedded_<ns>.h with `std::string_view wordsight::embedded::<ns>(std::string_view name)` (empty when
#   there is no such file) and `std::vector<std::string_view> <ns>Names()`.
# The assembler's .incbin is used: megabytes cost no compile time.
function(wordsight_embed target)
  cmake_parse_arguments(E "" "NAMESPACE" "FILES" ${ARGN})
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/embedded_${E_NAMESPACE})
  set(header ${dir}/embedded_${E_NAMESPACE}.h)
  set(source ${dir}/embedded_${E_NAMESPACE}.cpp)
  set(asm_text "")
  set(decls "")
  set(rows "")
  set(names "")
  set(paths "")
  set(i 0)
  foreach(pair IN LISTS E_FILES)
    string(FIND "${pair}" "=" at)
    string(SUBSTRING "${pair}" 0 ${at} name)
    math(EXPR at "${at}+1")
    string(SUBSTRING "${pair}" ${at} -1 path)
    get_filename_component(path ${path} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
    set(symbol ws_embed_${E_NAMESPACE}_${i})
    string(APPEND asm_text "asm(\".section .rodata\\n.balign 16\\n.global ${symbol}\\n${symbol}:\\n.incbin \\\"${path}\\\"\\n"
                           ".global ${symbol}_end\\n${symbol}_end:\\n.byte 0\\n.text\\n\");\n")
    string(APPEND decls "extern \"C\" const char ${symbol}[];\nextern \"C\" const char ${symbol}_end[];\n")
    string(APPEND rows "  if (name == \"${name}\") return {${symbol}, std::size_t(${symbol}_end - ${symbol})};\n")
    string(APPEND names "\"${name}\", ")
    list(APPEND paths ${path})
    math(EXPR i "${i}+1")
  endforeach()
  file(GENERATE OUTPUT ${header} CONTENT "#pragma once
#include <string_view>
#include <vector>
namespace wordsight::embedded {
/// The bytes of an embedded file; empty when there is none of that name.
std::string_view ${E_NAMESPACE}(std::string_view name);
std::vector<std::string_view> ${E_NAMESPACE}Names();
}
")
  file(GENERATE OUTPUT ${source} CONTENT "#include \"embedded_${E_NAMESPACE}.h\"
#include <cstddef>
${asm_text}${decls}namespace wordsight::embedded {
std::string_view ${E_NAMESPACE}(std::string_view name) {
${rows}  return {};
}
std::vector<std::string_view> ${E_NAMESPACE}Names() { return {${names}}; }
}
")
  # ccache cannot see what .incbin reads: compile this one file directly, and again when any of the files changes.
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${paths}" GENERATED TRUE SKIP_PRECOMPILE_HEADERS ON
                              COMPILE_DEFINITIONS "CCACHE_DISABLE_${i}")
  target_sources(${target} PRIVATE ${source})
  target_include_directories(${target} PRIVATE ${dir})
endfunction()
