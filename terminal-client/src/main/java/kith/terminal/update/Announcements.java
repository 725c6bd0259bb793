package kith.terminal.update;

import kith.protocol.frame.ServerFrame;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.NewNotices;

/// Shows the notices of administrators: each announcement once, and the message about maintenance
/// at each connection.
final class Announcements {
  private Announcements() {}

  static void arrived(StepBuilder step, ServerFrame.Notices notices) {
    var news = NewNotices.of(notices, step.preferences.announcement());
    if (!news.lines().isEmpty()) step.notice = new Notice(news.lines(), false);
    news.shown().ifPresent(it -> step.preferences = step.preferences.withAnnouncement(it));
  }
}
