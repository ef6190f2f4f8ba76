# opencv_core, opencv_imgproc, opencv_imgcodecs from Debian's packages for these three alone. Their OpenCVConfig.cmake
# is in libopencv-dev, which drags in 218 more packages (VTK, GDAL, Qt, … 620 MB), so the imported targets are made here.
# CMAKE_PREFIX_PATH is honoured.
find_path(WORDSIGHT_OPENCV_INCLUDE opencv2/imgcodecs.hpp PATH_SUFFIXES opencv4 REQUIRED)
mark_as_advanced(WORDSIGHT_OPENCV_INCLUDE)
file(STRINGS ${WORDSIGHT_OPENCV_INCLUDE}/opencv2/core/version.hpp opencv_version REGEX "#define CV_VERSION_(MAJOR|MINOR)")
string(REGEX REPLACE "[^0-9;]" "" opencv_version "${opencv_version}")
string(REPLACE ";" "." opencv_version "${opencv_version}")
if(opencv_version VERSION_LESS 4.5 OR opencv_version VERSION_GREATER_EQUAL 5)
  message(FATAL_ERROR "OpenCV ${opencv_version} in ${WORDSIGHT_OPENCV_INCLUDE} is not 4.5 or a later 4: "
                      "run packaging/deps/install.sh.")
endif()
foreach(module IN ITEMS core imgproc imgcodecs)
  find_library(WORDSIGHT_OPENCV_${module} opencv_${module} REQUIRED)
  mark_as_advanced(WORDSIGHT_OPENCV_${module})
  add_library(opencv_${module} SHARED IMPORTED GLOBAL)
  set_target_properties(opencv_${module} PROPERTIES IMPORTED_LOCATION ${WORDSIGHT_OPENCV_${module}}
                        INTERFACE_INCLUDE_DIRECTORIES ${WORDSIGHT_OPENCV_INCLUDE})
endforeach()
target_link_libraries(opencv_imgproc INTERFACE opencv_core)
target_link_libraries(opencv_imgcodecs INTERFACE opencv_imgproc)
message(STATUS "OpenCV: ${opencv_version} (${WORDSIGHT_OPENCV_INCLUDE})")
