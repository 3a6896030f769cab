import {EstimatedYears} from "./estimated_years";
import {CalendarController} from "@web/views/calendar/calendar_controller";
import {calendarView} from "@web/views/calendar/calendar_view";
import {ListController} from "@web/views/list/list_controller";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";

class WorkdayCalendarController extends CalendarController {
    static template = "haerun_customer_rep.WorkdayCalendar";
    static components = {...CalendarController.components, EstimatedYears};
}

class WorkdayListController extends ListController {
    static template = "haerun_customer_rep.WorkdayList";
    static components = {...ListController.components, EstimatedYears};
}

const views = registry.category("views");
views.add("haerun_workday_calendar", {
    ...calendarView,
    Controller: WorkdayCalendarController,
});
views.add("haerun_workday_list", {...listView, Controller: WorkdayListController});
