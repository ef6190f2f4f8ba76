#include "shell/page_factory.h"

#include "pages/compare/compare_page.h"
#include "pages/evaluate/evaluate_page.h"
#include "pages/models/models_page.h"
#include "pages/overview/overview_page.h"
#include "pages/runs/runs_page.h"
#include "pages/scenarios/scenarios_page.h"
#include "pages/train/train_page.h"

namespace wordsight::ui {

Page* makePage(PageId id, Services services, QWidget* parent) {
  switch (id) {
    case PageId::Overview:
      return new OverviewPage(services, parent);
    case PageId::Scenarios:
      return new ScenariosPage(services, parent);
    case PageId::Train:
      return new TrainPage(services, parent);
    case PageId::Evaluate:
      return new EvaluatePage(services, parent);
    case PageId::Compare:
      return new ComparePage(services, parent);
    case PageId::Runs:
      return new RunsPage(services, parent);
    case PageId::Models:
      return new ModelsPage(services, parent);
  }
  return nullptr;
}

}  // namespace wordsight::ui
