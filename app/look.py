"""The little CSS of the atlas, in one place; colours come from the theme in `.streamlit/config.toml`."""

from __future__ import annotations

import streamlit as st

STYLE = """
<style>
  [data-testid="stHeader"], [data-testid="stSidebarCollapsedControl"], [data-testid="stDecoration"] { display: none; }
  .stMainBlockContainer { padding: 0.35rem 1.25rem 2.5rem; max-width: none; }
  .st-key-topbar { border-bottom: 1px solid #D5DEE2; padding-bottom: 0.15rem; min-height: 2.6rem; }
  .st-key-topbar .atlas-brand { font-weight: 650; font-size: 1.06rem; letter-spacing: 0.02em; color: #154E63;
    white-space: nowrap; padding-right: 0.75rem; }
  .st-key-topbar .atlas-brand small { font-weight: 400; color: #5B6B73; font-size: 0.8rem; padding-left: 0.5rem; }
  .st-key-topbar [data-testid="stPageLink-NavLink"] { padding: 0.3rem 0.7rem; border-radius: 0.35rem; }
  .st-key-topbar [data-testid="stPageLink-NavLink"][data-current="true"],
  .st-key-here [data-testid="stPageLink-NavLink"] { background: #E3EEF2; }
  .atlas-title { font-size: 1.45rem; font-weight: 650; line-height: 1.2; margin: 0; padding: 0;
    overflow-wrap: anywhere; }
  .atlas-sub { color: #5B6B73; font-size: 0.86rem; margin: 0.15rem 0 0; }
  .atlas-cards { display: grid; gap: 0.45rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); }
  .atlas-cards.row { grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); }
  .atlas-card { background: #FFFFFF; border: 1px solid #DFE7EA; border-left: 3px solid var(--mark, #1F6E8C);
    border-radius: 0.35rem; padding: 0.45rem 0.75rem 0.5rem; }
  .atlas-card .label { color: #43545D; font-size: 0.86rem; }
  .atlas-card .value { font-size: 1.45rem; font-weight: 620; font-variant-numeric: tabular-nums; line-height: 1.25; }
  .atlas-card .value small { font-size: 0.86rem; font-weight: 400; color: #43545D; padding-left: 0.25rem; }
  .atlas-card .value.none { font-size: 1.06rem; font-weight: 500; color: #6A5A33; }
  .atlas-card .foot { color: #5B6B73; font-size: 0.78rem; line-height: 1.35; }
  .atlas-mark { display: inline-block; border: 1px solid #C9B87F; color: #6A5A33; background: #FBF6E6;
    border-radius: 0.2rem; padding: 0 0.3rem; font-size: 0.74rem; line-height: 1.25rem; white-space: nowrap; }
  .atlas-mark.official { border-color: #A9C9B4; color: #2C5B3C; background: #EEF7F1; }
  .atlas-mark.open, .atlas-mark.surveyed { border-color: #A9C3D1; color: #27526A; background: #EDF4F8; }
  .atlas-part { font-size: 1.06rem; font-weight: 650; margin: 0.35rem 0 0; padding: 0; line-height: 1.3; }
  .atlas-notice { font-size: 0.86rem; color: #43545D; margin: 0; line-height: 1.5; }
  .atlas-notice.missing, .atlas-notice.wrong, .atlas-notice.done { font-size: 0.92rem; padding: 0.45rem 0.75rem;
    border-radius: 0.35rem; border-left: 3px solid; color: #1D2B33; }
  .atlas-notice.missing { background: #FBF6E6; border-color: #C9B87F; }
  .atlas-notice.wrong { background: #FBEEEC; border-color: #B3362B; }
  .atlas-notice.done { background: #EEF7F1; border-color: #3E8548; }
  .atlas-cards.dense { grid-template-columns: repeat(auto-fit, minmax(8.8rem, 1fr)); gap: 0.4rem; }
  .atlas-cards.dense .value { font-size: 1.25rem; }
  .atlas-cards.dense .atlas-card { padding: 0.35rem 0.6rem 0.4rem; }
  .atlas-card .when { display: flex; flex-wrap: wrap; gap: 0 0.35rem; align-items: baseline; white-space: nowrap; }
  .atlas-param { color: #5B6B73; font-size: 0.74rem; line-height: 1.35; margin: -0.55rem 0 0.3rem; }
  .st-key-rain_panel { background: #F4F7F8; border: 1px solid #DFE7EA; border-radius: 0.35rem;
    padding: 0.6rem 0.75rem; max-height: calc(100vh - 1rem); overflow: auto; flex-wrap: nowrap; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-rain_panel) { position: sticky; top: 0.5rem; }
  .st-key-method_note { max-width: 62rem; }
  .st-key-method_note h1 { font-size: 1.45rem; padding: 0.3rem 0 0; }
  .st-key-method_note h2 { font-size: 1.2rem; padding: 0.6rem 0 0; }
  .st-key-method_note h3 { font-size: 1.02rem; padding: 0.4rem 0 0; }
  .st-key-method_note td { min-width: 5.6rem; }
  .atlas-sankey { min-width: 44rem; max-width: 76rem; }
  .atlas-notice.purple { color: #5B3280; background: #F3ECF8; border-left: 3px solid #7B4BA0; font-weight: 600;
    padding: 0.25rem 0.6rem; border-radius: 0.25rem; font-size: 0.82rem; }
  .atlas-foot { color: #5B6B73; font-size: 0.78rem; border-top: 1px solid #DFE7EA; padding-top: 0.4rem; margin: 0; }
  .st-key-map_box { min-height: min(calc(100vh - 140px), 1100px); }
  .st-key-controls { row-gap: 0.25rem; }
  .atlas-verdict { background: #FFFFFF; border: 1px solid #DFE7EA; border-left: 5px solid var(--mark);
    border-radius: 0.35rem; padding: 0.5rem 0.85rem; }
  .atlas-verdict p { margin: 0; line-height: 1.45; }
  .atlas-verdict .first { font-size: 1.12rem; font-weight: 650; color: #1D2B33; }
  .atlas-verdict .second { font-size: 0.92rem; color: #43545D; }
  .atlas-verdict .chips { margin: 0.3rem 0 0.2rem; }
  .atlas-verdict .notice { font-size: 0.78rem; color: #5B6B73; }
  .atlas-chip { display: inline-block; border-radius: 0.25rem; padding: 0 0.4rem; margin-right: 0.3rem;
    font-size: 0.82rem; line-height: 1.4rem; font-weight: 600; white-space: nowrap; color: #1D2B33; }
  .atlas-chip.prohibited { background: #F5DAD6; color: #8E2A21; }
  .atlas-chip.restricted { background: #FBE6CF; color: #8A4E10; }
  .atlas-chip.study { background: #F8F0C2; color: #6B5A07; }
  .atlas-chip.clear { background: #DDEFE0; color: #2C6335; }
  .atlas-chip.unknown { background: #E6EAEC; color: #4D5A61; }
  .atlas-facts { border-collapse: collapse; width: 100%; font-size: 0.86rem; line-height: 1.45; }
  .atlas-facts th { text-align: left; font-weight: 500; color: #5B6B73; padding: 0.15rem 0.8rem 0.15rem 0;
    vertical-align: top; white-space: nowrap; }
  .atlas-facts td { padding: 0.15rem 0.5rem 0.15rem 0; vertical-align: top; }
  .atlas-facts td.n, .atlas-facts th.n { text-align: right; white-space: nowrap;
    font-variant-numeric: tabular-nums; }
  .atlas-facts.wide tr { border-bottom: 1px solid #E7ECEE; }
  .atlas-facts.compare td, .atlas-facts.compare th { padding: 0.25rem 0.8rem 0.25rem 0; min-width: 7rem; }
  .atlas-facts.compare th { white-space: normal; color: #1D2B33; font-weight: 600; }
  .atlas-scroll { overflow-x: auto; }
  .st-key-siting_file [data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
  .st-key-siting_file [data-testid="stBaseButton-secondary"] p { font-size: 0; }
  .st-key-siting_file [data-testid="stBaseButton-secondary"] p::after { content: var(--atlas-upload); font-size: 1rem; }
  .atlas-reason { font-size: 0.95rem; margin: 0 0 0.3rem; }
  .atlas-way { font-size: 0.92rem; font-weight: 620; margin: 0.2rem 0 0; }
  .atlas-place { font-size: 0.88rem; margin: 0; line-height: 1.45; }
  .atlas-place small { color: #5B6B73; }
  .atlas-list { font-size: 0.88rem; margin: 0; padding-left: 1.1rem; line-height: 1.5; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-siting_map_side) { position: sticky; top: 0.25rem; z-index: 1; }
  iframe[title^="app.map_view"] { display: block; }
  a:focus-visible, button:focus-visible, summary:focus-visible { outline: 2px solid #1F6E8C !important;
    outline-offset: 1px; }
  @media (max-width: 640px) {
    .stMainBlockContainer { padding: 0.25rem 0.6rem 2rem; }
    .st-key-map_box { min-height: 62vh; }
    .st-key-topbar { row-gap: 0; position: relative; }
    .st-key-topbar > :first-child { width: 100% !important; flex-basis: 100% !important; }
    .st-key-topbar > :last-child { position: absolute; right: 0; top: 0; width: auto !important; }
    .st-key-topbar .atlas-brand { font-size: 1rem; line-height: 2rem; }
    .st-key-township, .st-key-rain_township { width: 100% !important; }
    .st-key-rain_panel { max-height: none; }
    [data-testid="stLayoutWrapper"]:has(> .st-key-siting_map_side) { position: static; }
    .atlas-cards, .atlas-cards.row { grid-template-columns: 1fr 1fr; }
    button, a, label { min-height: 24px; }
  }
  @media print {
    .st-key-topbar, .st-key-controls, .st-key-downloads { display: none; }
  }
</style>
"""


def dress() -> None:
    """Put the style on the page."""
    st.html(STYLE)
