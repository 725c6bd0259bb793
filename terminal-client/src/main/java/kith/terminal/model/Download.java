package kith.terminal.model;

/// The file that is being downloaded.
public record Download(String name, long done, long size) {}
