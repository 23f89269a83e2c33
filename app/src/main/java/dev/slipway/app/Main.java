package dev.slipway.app;

/** The program: all wiring on one screen. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("slipway");
  }
}
