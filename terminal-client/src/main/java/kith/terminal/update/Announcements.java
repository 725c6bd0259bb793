package kith.terminal.update;

import kith.protocol.frame.ServerFrame;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.NewNotices;

/// Shows what administrators say to everybody: each announcement once, and the reason of
/// maintenance with each connection.
final class Announcements {
  private Announcements() {}

  static void arrived(StepBuilder step, ServerFrame.Notices notices) {
    var news = NewNotices.of(notices, step.preferences.announcement());
    if (!news.lines().isEmpty()) step.notice = new Notice(news.lines(), false);
    news.shown().ifPresent(it -> step.preferences = step.preferences.withAnnouncement(it));
  }
}
