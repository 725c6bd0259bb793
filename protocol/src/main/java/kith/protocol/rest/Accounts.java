package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.protocol.ConversationsFrom;
import kith.protocol.ShownTo;

/// Requests and answers about accounts, tokens and devices.
public final class Accounts {
  private Accounts() {}

  /// With `cookies` the tokens are sent only as `HttpOnly` cookies, not in the answer.
  ///
  /// @param invitation the token of an invitation to this server, if its policy requires one
  public record SignUp(
      String user,
      String password,
      Optional<String> displayName,
      Optional<String> email,
      Optional<String> deviceName,
      Optional<Boolean> cookies,
      Optional<String> invitation) {}

  /// @param refreshToken an earlier one of the same client, which may have expired: it shows that
  ///   the client is known
  public record LogIn(
      String user,
      String password,
      Optional<String> deviceName,
      Optional<Boolean> cookies,
      Optional<String> refreshToken) {}

  /// A new password for an account whose user has a code of an administrator.
  ///
  /// @param code is used up
  public record ResetPassword(
      String user,
      String code,
      String password,
      Optional<String> deviceName,
      Optional<Boolean> cookies) {}

  /// Without `refreshToken` the cookie is used.
  public record Refresh(Optional<String> refreshToken) {}

  /// The tokens are absent if they are sent as cookies.
  public record Tokens(
      String user,
      String device,
      Optional<String> accessToken,
      Instant accessExpires,
      Optional<String> refreshToken,
      Instant refreshExpires) {}

  /// An account as its owner sees it.
  public record Account(
      String user,
      Optional<String> displayName,
      Optional<String> picture,
      Optional<String> email,
      Instant created,
      List<String> rooms,
      Optional<Privacy> privacy) {
    public Account {
      rooms = List.copyOf(rooms);
    }
  }

  /// An account as others see it.
  ///
  /// @param botOf the owner of a bot; absent for people
  public record Profile(
      String user,
      Optional<String> displayName,
      Optional<String> picture,
      Optional<String> botOf) {}

  /// @param picture the path on this server that the profile has now
  public record UploadedPicture(String picture) {}

  /// Absent means unchanged; an empty string removes the field.
  public record ChangeProfile(
      Optional<String> displayName,
      Optional<String> picture,
      Optional<String> email,
      Optional<Privacy> privacy) {}

  /// The users who may see each kind of data of an account; in a change, absent means unchanged.
  ///
  /// @param conversations who may begin a conversation with the account without a request
  public record Privacy(
      Optional<ShownTo> lastSeen,
      Optional<ShownTo> receipts,
      Optional<Boolean> typing,
      Optional<ConversationsFrom> conversations) {}

  public record ChangePassword(String current, String replacement) {}

  /// @param messages whether the account's messages are redacted, too; absent means no
  public record DeleteAccount(String password, Optional<Boolean> messages) {}

  public record Device(
      String device, String name, Instant created, Instant lastUsed, boolean current) {}

  public record Devices(List<Device> devices) {
    public Devices {
      devices = List.copyOf(devices);
    }
  }

  /// A line of an export.
  ///
  /// @param file the kind of data, and the name of the file in the archive
  /// @param json an object, as text
  public record ExportedLine(String file, String json) {}

  /// A piece of a file that the account has uploaded.
  ///
  /// @param size of the whole file
  /// @param from the place of this piece in it; the pieces of one file come one after another
  /// @param bytes in Base64
  public record ExportedContent(String id, String name, long size, long from, String bytes) {
    @Override
    public String toString() {
      return "ExportedContent[" + id + ", from " + from + "]";
    }
  }

  /// The lines of one file are contiguous.
  ///
  /// @param next absent after the last page
  public record ExportPage(
      List<ExportedLine> lines, Optional<String> next, Optional<ExportedContent> content) {
    public ExportPage {
      lines = List.copyOf(lines);
    }

    public ExportPage(List<ExportedLine> lines, Optional<String> next) {
      this(lines, next, Optional.empty());
    }
  }
}
