#pragma once
#include "pages/common/page.h"

namespace wordsight::ui {

/// The page of that id, new, owned by `parent`.
Page* makePage(PageId id, Services services, QWidget* parent);

}  // namespace wordsight::ui
