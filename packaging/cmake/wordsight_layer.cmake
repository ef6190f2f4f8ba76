# wordsight_layer(NAME SOURCES … [USES layer…] [PUBLIC_LIBRARIES target…] [LIBRARIES target…] [TORCH])
#   Makes the static library wordsight_NAME from core/NAME. Headers are reached as "NAME/header.h", and only by
#   layers that list NAME in USES: each layer exports an include root of its own that holds nothing but itself.
# wordsight_test(NAME SOURCES … USES layer… [LIBRARIES target…] [TORCH] [LABELS …])
#   Makes the GoogleTest executable test_NAME and registers its tests.

include(${CMAKE_CURRENT_LIST_DIR}/layers.cmake)

function(wordsight_allowed_uses layer out)
  set(seen)
  set(queue ${WORDSIGHT_USES_${layer}})
  while(queue)
    list(POP_FRONT queue next)
    if(NOT next IN_LIST seen)
      list(APPEND seen ${next})
      list(APPEND queue ${WORDSIGHT_USES_${next}})
    endif()
  endwhile()
  set(${out} ${seen} PARENT_SCOPE)
endfunction()

# wordsight_check_layer(NAME "layers used" library…): stops the configure on a breach of the table.
function(wordsight_check_layer name uses)
  if(NOT name IN_LIST WORDSIGHT_LAYERS)
    message(FATAL_ERROR "Layer '${name}' is not in packaging/cmake/layers.cmake: add it to the table first.")
  endif()
  wordsight_allowed_uses(${name} allowed)
  foreach(used IN LISTS uses)
    string(REGEX REPLACE ":.*" "" used ${used})
    if(NOT used IN_LIST allowed)
      message(FATAL_ERROR "Layer '${name}' may not use layer '${used}' (allowed: ${allowed}). "
                          "See packaging/cmake/layers.cmake.")
    endif()
  endforeach()
  foreach(library IN LISTS ARGN)
    if(NOT library IN_LIST WORDSIGHT_OUTSIDE_${name})
      message(FATAL_ERROR "Layer '${name}' may not link '${library}' (allowed: ${WORDSIGHT_OUTSIDE_${name}}). "
                          "See packaging/cmake/layers.cmake.")
    endif()
  endforeach()
endfunction()

function(wordsight_layer name)
  cmake_parse_arguments(L "TORCH" "" "SOURCES;USES;PUBLIC_LIBRARIES;LIBRARIES" ${ARGN})
  wordsight_check_layer(${name} "${L_USES}" ${L_PUBLIC_LIBRARIES} ${L_LIBRARIES})

  set(target wordsight_${name})
  add_library(${target} STATIC ${L_SOURCES})
  set(root ${PROJECT_BINARY_DIR}/include/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${name} SYMBOLIC)
  target_include_directories(${target} PUBLIC ${root})
  list(TRANSFORM L_USES PREPEND wordsight_)
  target_link_libraries(${target} PUBLIC ${L_USES} ${L_PUBLIC_LIBRARIES} PRIVATE ${L_LIBRARIES} wordsight_flags)
  if(L_TORCH)
    wordsight_use_torch_header(${target})
  endif()
endfunction()

# wordsight_ui_layer(NAME SOURCES … [PART part] [PARTS part…] …): the same from ui/NAME, with moc. A layer of many parts
#   (models, pages) is one library a part, wordsight_NAME_PART, from ui/NAME/PART; PARTS are those of the same layer that it
#   uses, and USES names another layer's part as LAYER:PART.
function(wordsight_ui_layer name)
  cmake_parse_arguments(L "" "PART" "SOURCES;USES;PUBLIC_LIBRARIES;LIBRARIES;PARTS" ${ARGN})
  wordsight_check_layer(${name} "${L_USES}" ${L_PUBLIC_LIBRARIES} ${L_LIBRARIES})
  set(target wordsight_${name})
  if(L_PART)
    set(target wordsight_${name}_${L_PART})
  endif()
  add_library(${target} STATIC ${L_SOURCES})
  set(root ${PROJECT_BINARY_DIR}/include/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/ui/${name} ${root}/${name} SYMBOLIC)
  target_include_directories(${target} PUBLIC ${root})
  set_target_properties(${target} PROPERTIES AUTOMOC ON)
  # QCustomPlot's header uses Qt's bare keywords; elsewhere they would clash with torch's and the standard library's names.
  if(NOT name STREQUAL "plots")
    target_compile_definitions(${target} PRIVATE QT_NO_KEYWORDS QT_NO_FOREACH)
  endif()
  target_compile_definitions(${target} PRIVATE QT_NO_CAST_FROM_ASCII)
  list(TRANSFORM L_USES REPLACE ":" "_")
  list(TRANSFORM L_USES PREPEND wordsight_)
  list(TRANSFORM L_PARTS PREPEND wordsight_${name}_)
  target_link_libraries(${target} PUBLIC ${L_USES} ${L_PARTS} ${L_PUBLIC_LIBRARIES} PRIVATE ${L_LIBRARIES} wordsight_flags)
  # Qt's widgets cost 1.5 s a source file, precompiled 0.3 s.
  if(name IN_LIST WORDSIGHT_WIDGET_LAYERS)
    target_precompile_headers(${target} PRIVATE <QtWidgets>)
  endif()
endfunction()

# wordsight_ui_test(NAME …): the same with Qt, its own main (an offscreen QApplication) and label ui.
function(wordsight_ui_test name)
  cmake_parse_arguments(T "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  set(target test_ui_${name})
  add_executable(${target} ${T_SOURCES})
  list(TRANSFORM T_USES REPLACE ":" "_")
  list(TRANSFORM T_USES PREPEND wordsight_)
  target_link_libraries(${target} PRIVATE wordsight_ui_test_support ${T_USES} ${T_LIBRARIES} Qt6::Test GTest::gmock
                        wordsight_flags)
  target_compile_definitions(${target} PRIVATE QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII)
  set_target_properties(${target} PROPERTIES AUTOMOC ON)
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
                       TEST_PREFIX "ui_${name}." PROPERTIES LABELS ui TIMEOUT 300)
endfunction()

function(wordsight_test name)
  cmake_parse_arguments(T "TORCH" "" "SOURCES;USES;LIBRARIES;LABELS" ${ARGN})
  set(target test_${name})
  add_executable(${target} ${T_SOURCES})
  list(TRANSFORM T_USES PREPEND wordsight_)
  target_link_libraries(${target} PRIVATE wordsight_test_support ${T_USES} ${T_LIBRARIES} GTest::gmock wordsight_flags)
  if(T_TORCH)
    wordsight_use_torch_header(${target})
  endif()
  if(NOT T_LABELS)
    set(T_LABELS unit)
  endif()
  # Discovery before the tests run, not after the link: a test binary that cannot start must fail a test, not the build.
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
                       TEST_PREFIX "${name}." PROPERTIES LABELS "${T_LABELS}" TIMEOUT 300)
endfunction()
